"""Binder: the links that launch the course, what repo2docker would do, and the desk that comes of it."""

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from importlib import metadata
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from lab_driver import serving

from course_lib import paths
from course_lib.__main__ import main
from course_lib.errors import SetupError
from course_lib.instructor import launch_links
from course_lib.setup.doctor import find_chromium

LOOK = """
import sys
sys.path.insert(0, {folder!r})
from lab_driver import running_browser
with running_browser() as browser:
    page = browser.new_page()
    page.set_default_timeout(120_000)
    page.goto({address!r})
    page.get_by_role("heading", name="Reading a News Story with Evidence").first.wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).wait_for()
"""


@pytest.mark.parametrize(
    ("remote", "place"),
    [
        ("git@github.com:someone/course.git", "gh/someone/course/v1"),
        ("https://github.com/someone/course", "gh/someone/course/v1"),
        ("https://gitlab.com/group/part/course.git", "gl/group%2Fpart%2Fcourse/v1"),
        (
            "ssh://git@git.example.org:2222/team/course.git",
            "git/https%3A%2F%2Fgit.example.org%2Fteam%2Fcourse.git/v1",
        ),
        (
            "https://me:secret@git.example.org/course/a.git/",
            "git/https%3A%2F%2Fgit.example.org%2Fcourse%2Fa.git/v1",
        ),
        (
            "https://dev.azure.com/team/course/_git/course",
            "git/https%3A%2F%2Fdev.azure.com%2Fteam%2Fcourse%2F_git%2Fcourse/v1",
        ),
    ],
)
def test_a_link_has_the_form_of_its_server(remote, place):
    """GitHub, GitLab and any other git server; a password in the address does not get into the link."""
    assert launch_links.launch_link(remote, "v1") == (
        f"https://mybinder.org/v2/{place}?urlpath=lab%2Ftree%2Flessons%2Findex.ipynb"
    )


def test_a_branch_with_a_slash_stays_one_part():
    """Or the hub would read its end as something else."""
    assert "/course/week%2F2?" in launch_links.launch_link("https://github.com/someone/course", "week/2")


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        ("https://github.com/me/lessons.git@spring", ("https://github.com/me/lessons", "spring")),
        ("git@github.com:me/lessons.git", ("https://github.com/me/lessons", None)),
        ("git@github.com:me/lessons.git@spring", ("https://github.com/me/lessons", "spring")),
    ],
)
def test_content_can_come_from_another_repository(content, asked):
    """The environment is built from one, the lessons are fetched from the other when the link is followed."""
    link = launch_links.launch_link("https://github.com/me/environment", "main", content)
    assert urlsplit(link).path == "/v2/gh/me/environment/main"
    inner = urlsplit(parse_qs(urlsplit(link).query)["urlpath"][0])
    assert inner.path == "git-pull"
    pulled = parse_qs(inner.query)
    assert pulled["repo"] == [asked[0]]
    assert pulled.get("branch", [None]) == [asked[1]]
    assert pulled["urlpath"] == ["lab/tree/lessons/lessons/index.ipynb"]


@pytest.mark.parametrize("remote", ["course", "/srv/course", "C:\\course", "", "https://github.com/someone"])
def test_what_is_no_address_is_told(remote):
    """A folder on a machine is nothing that Binder could fetch."""
    with pytest.raises(SetupError) as caught:
        launch_links.launch_link(remote)
    assert str(caught.value) == (
        f"{remote!r} is not the address of a repository that Binder could fetch. "
        "It looks like https://github.com/someone/course or git@gitlab.com:someone/course.git."
    )


def test_a_page_of_a_repository_is_told():
    """Who copies the address from the browser may have copied more."""
    with pytest.raises(SetupError) as caught:
        launch_links.launch_link("https://github.com/someone/course/tree/main")
    assert str(caught.value) == (
        "'https://github.com/someone/course/tree/main' is a page of a repository, not its address. Name "
        "https://github.com/someone/course, and a branch with --ref."
    )


@pytest.mark.parametrize("hub", ["binder.example.org", "", "https://", "ftp://binder.example.org"])
def test_a_hub_that_is_no_address_is_told(hub):
    """A link without its beginning would lead nowhere."""
    with pytest.raises(SetupError) as caught:
        launch_links.launch_link("https://github.com/someone/course", hub=hub)
    assert str(caught.value) == (
        f"{hub!r} is not the address of a BinderHub. It begins with https://, like https://mybinder.org."
    )


def test_the_command_prints_link_and_badge_for_the_repository_it_is_run_in(tmp_path, monkeypatch, capsys):
    """Nothing to fill in; the badge is Markdown for a README."""
    for command in (["init", "-q"], ["remote", "add", "origin", "git@github.com:someone/course.git"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    monkeypatch.chdir(tmp_path)
    assert main(["binder-link", "--ref", "v1"]) == 0
    link = "https://mybinder.org/v2/gh/someone/course/v1?urlpath=lab%2Ftree%2Flessons%2Findex.ipynb"
    assert capsys.readouterr().out == (
        f"{link}\n[![Launch the course on Binder](https://mybinder.org/badge_logo.svg)]({link})\n"
    )


def test_a_folder_without_a_repository_is_told(tmp_path, monkeypatch, capsys):
    """The sentence says what to write instead."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(["binder-link"]) == 1
    assert capsys.readouterr().err == (
        f"The folder {tmp_path} has no git remote called origin. "
        "Name the repository: python3 -m course_lib binder-link --repo ADDRESS\n"
    )


def copy_checkout(folder):
    """A copy of what is committed or about to be, without anything that only lies around."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=paths.CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    for name in filter(None, listed):
        if (paths.CHECKOUT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(paths.CHECKOUT / name, folder / name)
    return folder


def test_repo2docker_does_what_we_expect(tmp_path):
    """The Python we ask for, the kernel's layer before the repository is copied, and our last step."""
    repo2docker = Path(sys.executable).with_name("jupyter-repo2docker")
    done = subprocess.run(
        [str(repo2docker), "--no-build", "--debug", str(copy_checkout(tmp_path / "copy"))],
        capture_output=True,
        text=True,
        check=True,
    )
    told = done.stdout + done.stderr
    assert "Building conda environment for python=3.12" in told
    install = 'pip install --no-cache-dir -r "binder/requirements.txt"'
    assert told.index(install) < told.index("COPY --chown=0:0 src/ ${REPO_DIR}/")
    assert "chmod +x binder/postBuild" in told
    assert "./binder/postBuild" in told
    # Neither of the other layers, nor the project file, is looked at.
    assert "requirements-lab" not in told
    assert "pyproject" not in told


def image_pins():
    """The packages of Binder's image that matter here, at the versions it has for Python 3.12."""
    frozen = Path(metadata.distribution("jupyter-repo2docker").locate_file("repo2docker/buildpacks/conda"))
    text = (frozen / "environment.py-3.12-linux-64.lock").read_text(encoding="utf-8")
    names = ("jupyterlab", "jupyter_server", "notebook", "ipykernel", "ipywidgets")
    found = {name: re.search(rf"/noarch/{name}-([\d.]+)-", text)[1] for name in names}
    return [f"{name}=={version}" for name, version in found.items()]


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """What Binder would build: its own packages, our lock, a copy of the repository, our last step."""
    if find_chromium() is None and not os.environ.get("CI"):
        pytest.skip("no Chromium was found")
    base = tmp_path_factory.mktemp("image")
    home = copy_checkout(base / "home")
    subprocess.run([sys.executable, "-m", "venv", str(base / "env")], check=True)
    python = base / "env" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # Compiled files are not looked at, and come with the first import.
    install.append("--no-compile")
    environment = {
        name: value for name, value in os.environ.items() if name not in ("COURSE_HOME", "PYTHONPATH")
    }
    environment["PATH"] = f"{base / 'env' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([*install, *image_pins()], check=True)
    before = installed_bytes(base / "env")
    subprocess.run([*install, "-r", "binder/requirements.txt"], check=True, cwd=home)
    subprocess.run(["bash", "binder/postBuild"], check=True, cwd=home, env=environment, capture_output=True)
    return base / "env", home, environment, before


def installed_bytes(env):
    """The bytes of an environment's packages, compiled files left out."""
    return sum(
        path.stat().st_size for path in env.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )


def test_the_desk_of_the_image_stays_as_it_is(image):
    """Our packages leave JupyterLab and its server at the image's versions, and nothing is broken."""
    env = image[0]
    listed = subprocess.run(
        [str(env / "bin" / "python"), "-m", "pip", "list", "--format=freeze"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.replace("-", "_")
    for pin in image_pins()[:3]:
        assert pin.replace("-", "_") in listed
    assert "nbgitpuller==" in listed
    subprocess.run([str(env / "bin" / "python"), "-m", "pip", "check"], check=True)


def test_what_binder_adds_is_small_and_told(image):
    """A cold start waits for every megabyte: the README gives the size, and it does not grow unnoticed."""
    env, _, _, before = image
    added = (installed_bytes(env) - before) / 1e6
    told = re.search(
        r"about (\d+) MB to Binder's image", (paths.CHECKOUT / "README.md").read_text(encoding="utf-8")
    )
    print(f"added to Binder's image: {added:.0f} MB")
    assert abs(added - int(told[1])) <= 15
    assert added < 300


def test_the_link_opens_the_course_home(image, tmp_path):
    """The image's server, behind a base address as on a hub, shows the home at the link's path; it runs."""
    env, home, environment, _ = image
    path = parse_qs(urlsplit(launch_links.launch_link("https://github.com/a/b")).query)["urlpath"][0]
    command = [str(env / "bin" / "jupyter"), "notebook", "--ServerApp.base_url=/user/guest/"]
    with serving(command, home, environment, tmp_path / "log") as address:
        opened = f"{address}/user/guest/{unquote(path)}?token=t"
        # A process of its own, since another test may have a browser open in this one.
        look = LOOK.format(folder=str(paths.CHECKOUT / "tests" / "browser"), address=opened)
        subprocess.run([sys.executable, "-c", look], check=True)
        with urllib.request.urlopen(f"{address}/user/guest/git-pull?repo=none&token=t") as answer:
            assert answer.status == 200
    ran = subprocess.run(
        [
            str(env / "bin" / "jupyter"),
            "nbconvert",
            "--to",
            "notebook",
            "--execute",
            "--stdout",
            "lessons/index.ipynb",
        ],
        cwd=home,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Reading the article" in ran.stdout
