"""The load test itself runs: one student on a real JupyterHub with the course's own configuration."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from traitlets.config import Config

from course_lib import paths

HUB = Path(__file__).with_name("hub.py")


@pytest.mark.skipif(sys.platform == "win32", reason="JupyterHub does not run on Windows")
def test_a_student_works_on_a_hub():
    """Logged in, lesson run, question answered; the report has no failure and names every measure."""
    done = subprocess.run([sys.executable, str(HUB), "1"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("1 students, 10 at a time: 1 finished, 0 failed\n")
    for measure in (
        "login to desk, s: median",
        "lesson run, s: median",
        "answer, ms: median",
        "memory per student",
    ):
        assert measure in done.stdout


@pytest.mark.parametrize("asked", [["0"], ["51"], ["3", "--together", "0"]])
def test_the_class_is_bounded(asked):
    """No class that this machine could not bear is started by a slip."""
    done = subprocess.run([sys.executable, str(HUB), *asked], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "between 1 and 50 students, at least one at a time" in done.stderr


# Which setting of the spawner the chart makes of each value, where the names differ.
SPAWNER = {
    "defaultUrl": "default_url",
    "startTimeout": "start_timeout",
    "memory.guarantee": "mem_guarantee",
    "memory.limit": "mem_limit",
    "cpu.guarantee": "cpu_guarantee",
    "cpu.limit": "cpu_limit",
    "storage.capacity": "storage_capacity",
}
# The spawner wants to know a cluster before it does anything; this one is never spoken to.
NOWHERE = """
apiVersion: v1
kind: Config
current-context: none
clusters: [{name: none, cluster: {server: "https://127.0.0.1:1"}}]
users: [{name: none, user: {}}]
contexts: [{name: none, context: {cluster: none, user: none}}]
"""


def flat(values, start=""):
    """The values with their full names."""
    for name, value in values.items():
        if isinstance(value, dict):
            yield from flat(value, f"{start}{name}.")
        else:
            yield start + name, value


@pytest.mark.skipif(sys.platform == "win32", reason="JupyterHub does not run on Windows")
def test_the_spawner_of_kubernetes_takes_the_values(tmp_path, monkeypatch):
    """The pod it would start runs the course's command, opens the home, and has the memory and time told."""
    (tmp_path / "config").write_text(NOWHERE, encoding="utf-8")
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "config"))
    from kubespawner import KubeSpawner

    text = (paths.CHECKOUT / "binder" / "hub" / "values.yaml").read_text(encoding="utf-8")
    values = dict(flat(yaml.safe_load(text)["singleuser"]))
    image = f"{values.pop('image.name')}:{values.pop('image.tag')}".lower()
    settings = {SPAWNER.get(name, name): value for name, value in values.items()}
    assert settings.keys() <= set(KubeSpawner.class_trait_names(config=True))

    async def started():
        spawner = KubeSpawner(config=Config(KubeSpawner={**settings, "image": image}), _mock=True)
        return spawner, await spawner.get_pod_manifest()

    spawner, manifest = asyncio.run(started())
    pod = manifest.to_dict()["spec"]["containers"][0]
    assert pod["args"] == ["python", "-P", "-m", "course_lib", "hub-server", "--"]
    assert {"name": "JUPYTERHUB_DEFAULT_URL", "value": values["defaultUrl"], "value_from": None} in pod["env"]
    assert pod["resources"]["limits"] == {"cpu": 1.0, "memory": 2**30}
    assert pod["resources"]["requests"] == {"cpu": 0.1, "memory": 400 * 2**20}
    assert spawner.start_timeout == 300


def test_both_ways_of_hosting_start_the_same_server():
    """The values for Kubernetes say what the configuration for one machine says."""
    one = (paths.CHECKOUT / "binder" / "hub" / "course.py").read_text(encoding="utf-8")
    many = (paths.CHECKOUT / "binder" / "hub" / "values.yaml").read_text(encoding="utf-8")
    assert '"-P", "-m", "course_lib", "hub-server", "--"]' in one
    assert 'cmd: ["python", "-P", "-m", "course_lib", "hub-server", "--"]' in many
    for said in ("lab/tree/reading-with-evidence/lessons/index.ipynb", "400M", "1G"):
        assert said in one
        assert said in many
