"""What is there and what is missing, in words a student can send to an instructor."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from course_lib import __version__, paths
from course_lib.setup.environment import LAYERS, NEEDED_BYTES, Environment

_CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_CHROMIUM_PATHS = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
)
_KERNEL = """
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3")
try:
    reply = client.execute("import course_lib.widgets.quiz", reply=True, timeout=60)
    print(reply["content"]["status"])
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
"""
_LABEXTENSIONS = "import json, jupyter_core.paths as p; print(json.dumps(p.jupyter_path('labextensions')))"
_WITHOUT_CHROMIUM = (
    "no Chromium was found; only the browser tests need it (on Debian: apt-get install chromium)"
)


def find_chromium() -> Path | None:
    """Return the path of a Chromium for the browser tests: that in `CHROMIUM` if set, else in a usual place.

    Returns
    -------
    Path or None
        None where there is none.
    """
    if path_asked_for := os.environ.get("CHROMIUM"):
        candidates = [path_asked_for]
    else:
        candidates = [path for name in _CHROMIUM_NAMES if (path := shutil.which(name))]
        candidates += _CHROMIUM_PATHS
    return next((Path(path) for path in candidates if Path(path).is_file()), None)


def examine_machine(say: Callable[[str], object] = print) -> bool:
    """Look at everything the course needs and say one line for each.

    Parameters
    ----------
    say : Callable, optional
        It is given each line.

    Returns
    -------
    bool
        Whether nothing is missing.
    """
    findings: list[bool] = []

    def report(sound: bool, what: str) -> None:
        findings.append(sound)
        say(f"{'ok      ' if sound else 'missing '} {what}")

    say(f"Reading with Evidence {__version__}, evidence as of March 2026")
    report(sys.version_info[:2] >= (3, 11), f"Python {sys.version.split()[0]} on {sys.platform}")
    program = Path(sys.executable)
    if paths.CHECKOUT:
        environment = Environment(paths.CHECKOUT)
        fits = environment.is_ready(["kernel", "lab"])
        if not fits and not environment.read_marker().state and environment.dependencies_met():
            report(True, f"the environment {_short(sys.prefix)} has what the course needs")
        else:
            report(fits, "the environment is made and fits the lock" if fits else _how_to_mend(environment))
            program = environment.program("python")
    if program.is_file():
        report(_kernel_starts(program), "a kernel starts and can show the questions")
        lab = program.parent.parent / "share" / "jupyter" / "labextensions"
        front_end = (lab / "anywidget" / "package.json").is_file() or _has_front_end(program)
        report(front_end, "JupyterLab has the widgets' front end")
    work = paths.work()
    report(_is_writable(work.parent), f"your answers can be written to {_short(work)}")
    free = shutil.disk_usage(work.parent if work.parent.exists() else Path.home()).free
    report(free > NEEDED_BYTES / 9, f"{free / 1e9:.1f} GB of disk are free")
    browser = find_chromium()
    say(f"note     {f'Chromium for the browser tests: {_short(browser)}' if browser else _WITHOUT_CHROMIUM}")
    return all(findings)


def _how_to_mend(environment: Environment) -> str:
    states = {"ready": "does not fit the lock", "installing": "was not finished"}
    state = states.get(environment.read_marker().state, "is not made")
    return f"the environment {state}: run python3 -m course_lib start, which mends it ({', '.join(LAYERS)})"


def _kernel_starts(program: Path) -> bool:
    done = subprocess.run([str(program), "-c", _KERNEL], capture_output=True, text=True, check=False)
    return done.stdout.strip() == "ok"


def _has_front_end(program: Path) -> bool:
    done = subprocess.run([str(program), "-c", _LABEXTENSIONS], capture_output=True, text=True, check=False)
    folders = json.loads(done.stdout) if done.returncode == 0 else []
    return any((Path(folder) / "anywidget" / "package.json").is_file() for folder in folders)


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _short(path: str | Path) -> str:
    # The name of the home folder is often a person's name.
    return str(path).replace(str(Path.home()), "~", 1)
