"""Kill the making of an environment at each of its steps, and let the next one finish: run by a test.

Python's own venv and the installer, which are programs of their own, are played: each leaves a few files and
is killed between them. What a step is says `killing`.
"""

import itertools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from killing import killed_at

from course_lib.errors import SetupError
from course_lib.setup import environment
from course_lib.setup.environment import LAYERS, Environment

BROKEN = "no venv here"


def play(command, **_options):
    """Do in a few steps what `python -m venv`, `pip install` and a question to Python do."""
    if "venv" in command:
        folder = Path(command[-1])
        (folder / "bin").mkdir(exist_ok=True)
        (folder / "pyvenv.cfg").write_text("home", encoding="utf-8")
        if (folder.parent / BROKEN).exists():
            return SimpleNamespace(returncode=1, stdout="", stderr="ensurepip")
        (folder / "bin" / "python").write_text("python", encoding="utf-8")
    packages = Path(command[-1] if "venv" in command else command[0]).parent / "site-packages"
    packages.mkdir(exist_ok=True)
    return SimpleNamespace(returncode=0, stdout=str(packages), stderr="")


def first(_place):
    """Nothing is there yet."""


def unfinished(place):
    """A making that was interrupted before."""
    make(place)
    environment.Marker("installing").write(place.marker)


def another_lock(place):
    """The lock has changed since."""
    make(place)
    (place.root / "binder" / LAYERS["lab"]).write_text("# another\n", encoding="utf-8")


def broken(place):
    """Python cannot make an environment."""
    (place.root / BROKEN).touch()


SCENES = (first, unfinished, another_lock, broken)


def make(place):
    """Make the environment, or hear why not."""
    try:
        place.ensure(["kernel", "lab"], lambda _line: None)
    except SetupError as error:
        return str(error)
    return "" if place.is_ready(["kernel", "lab"]) else "not ready"


def kill_everywhere(scene, work):
    """Return how often the making was killed, and what the next ones said that did not succeed."""
    said = []
    for step in itertools.count():
        shutil.rmtree(work, ignore_errors=True)
        (work / "binder").mkdir(parents=True)
        for name in LAYERS.values():
            (work / "binder" / name).write_text("# nothing\n", encoding="utf-8")
        place = Environment(work, windows=False)
        scene(place)
        if not killed_at(step, work, lambda place=place: make(place)):
            return {"kills": step, "said": said}
        (work / BROKEN).unlink(missing_ok=True)
        if told := make(place):
            said.append(f"{step}: {told}")


if __name__ == "__main__":
    os.fsync = lambda _handle: None
    subprocess.run = play
    environment.shutil.which = lambda _name: None
    print(
        json.dumps({scene.__name__: kill_everywhere(scene, Path(sys.argv[1]).resolve()) for scene in SCENES})
    )
