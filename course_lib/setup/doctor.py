"""What is there and what is missing, in words a student can send to an instructor."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from course_lib import __version__, paths
from course_lib.setup.environment import LAYERS, NEEDED_BYTES, Environment

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PLACES = (
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


def find_chromium():
    """Return the path of a Chromium for the browser tests, or None: CHROMIUM if set, else usual places."""
    asked = os.environ.get("CHROMIUM")
    found = [asked] if asked else [shutil.which(name) for name in _NAMES] + list(_PLACES)
    return next((Path(one) for one in found if one and Path(one).is_file()), None)


def examine_machine(say=print):
    """Look at everything the course needs, say one line for each, and return whether nothing is missing."""
    sound = []

    def report(fine, what):
        sound.append(fine)
        say(f"{'ok      ' if fine else 'missing '} {what}")

    say(f"Reading with Evidence {__version__}, evidence as of March 2026")
    report(sys.version_info >= (3, 11), f"Python {sys.version.split()[0]} on {sys.platform}")
    program = Path(sys.executable)
    if paths.CHECKOUT:
        place = Environment(paths.CHECKOUT)
        fits = place.ready(["kernel", "lab"])
        if not fits and not place.found() and place.dependencies_met():
            report(True, f"the environment {_short(sys.prefix)} has what the course needs")
        else:
            report(fits, "the environment is made and fits the lock" if fits else _mend(place))
            program = place.program("python")
    if program.is_file():
        report(_kernel(program), "a kernel starts and can show the questions")
        lab = program.parent.parent / "share" / "jupyter" / "labextensions"
        borrowed = any((lab / name / "package.json").is_file() for name in ("anywidget",))
        report(borrowed or _extension(program), "JupyterLab has the widgets' front end")
    work = paths.work()
    report(_writable(work.parent), f"your answers can be written to {_short(work)}")
    free = shutil.disk_usage(work.parent if work.parent.exists() else Path.home()).free
    report(free > NEEDED_BYTES / 9, f"{free / 1e9:.1f} GB of disk are free")
    browser = find_chromium()
    say(f"note     {'Chromium for the browser tests: ' + _short(browser) if browser else _WITHOUT}")
    return all(sound)


_WITHOUT = "no Chromium was found; only the browser tests need it (on Debian: apt-get install chromium)"


def _mend(place):
    state = place.found().get("state")
    held = {"ready": "does not fit the lock", "installing": "was not finished"}.get(state, "is not made")
    return f"the environment {held}: run python3 -m course_lib start, which mends it ({', '.join(LAYERS)})"


def _kernel(program):
    done = subprocess.run([str(program), "-c", _KERNEL], capture_output=True, text=True, check=False)
    return done.stdout.strip() == "ok"


def _extension(program):
    asked = "import json, jupyter_core.paths as p; print(json.dumps(p.jupyter_path('labextensions')))"
    done = subprocess.run([str(program), "-c", asked], capture_output=True, text=True, check=False)
    places = json.loads(done.stdout) if done.returncode == 0 else []
    return any((Path(place) / "anywidget" / "package.json").is_file() for place in places)


def _writable(folder):
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _short(path):
    # The name of the home folder is often a person's name.
    return str(path).replace(str(Path.home()), "~", 1)
