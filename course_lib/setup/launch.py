"""Opening JupyterLab at the course home, in the student's folder."""

import hashlib
import json
import os
import shutil
import socket
import sys
from pathlib import Path

from course_lib import paths
from course_lib.curriculum import syllabus
from course_lib.errors import SetupError
from course_lib.setup.environment import run_until_end

HOME = "lab/tree/lessons/index.ipynb"
DEFAULT_FOLDER = "reading-with-evidence"


def open_lab(browser=True, port=None, folder=None, extra=(), program=None):
    """Open JupyterLab and stay until it ends; return its exit status.

    Parameters: `browser` whether to open one; `port` an int or None for a free one; `folder` where the
    student works (lessons are copied there); `extra` arguments for JupyterLab; `program` its console script.
    Raises: `SetupError` for a port that is taken, or a folder that cannot be written.
    """
    if port is not None and not _free(port):
        raise SetupError(
            f"Port {port} is taken by another program. Choose another number, or leave --port out."
        )
    root = student_folder(folder)
    program = program or Path(sys.executable).with_name("jupyter-lab" + (".exe" if os.name == "nt" else ""))
    # The console script, not `python -m jupyterlab`: the latter would import a student's own random.py.
    command = [str(program), f"--ServerApp.root_dir={root}", f"--LabApp.default_url=/{HOME}"]
    command += ["--FileContentsManager.preferred_dir=lessons"]
    if port is not None:
        command += [f"--port={port}", "--ServerApp.port_retries=0"]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    environment = {**os.environ, "JUPYTER_PREFER_ENV_PATH": "1", "COURSE_HOME": str(root)}
    # Tabs of other projects do not belong on the course's desk.
    environment.setdefault("JUPYTERLAB_WORKSPACES_DIR", str(Path(program).parent.parent / "workspaces"))
    return run_until_end([*command, *extra], env=environment)


def hub_server(extra=(), folder=None):
    """Put the lessons into a student's folder on a hub, then become the student's server.

    A hub starts this in place of `jupyterhub-singleuser`, as the student; it does not return.

    Parameters: `extra` arguments that the hub passes on; `folder` the student's, by default
    `reading-with-evidence` in their home.
    Raises: `SetupError` where the folder cannot be written or the hub's server is not installed.
    """
    root = student_folder(folder or Path.home() / DEFAULT_FOLDER)
    program = Path(sys.executable).with_name("jupyterhub-singleuser")
    if not program.is_file():
        raise SetupError(
            f"There is no jupyterhub-singleuser beside {sys.executable}. "
            "Install jupyterhub in the environment of the course."
        )
    environment = {**os.environ, "COURSE_HOME": str(root)}
    # Before the server starts, so that nothing of the student's own is in the way.
    os.execve(program, [str(program), *extra], environment)  # noqa: S606


def student_folder(folder=None):
    """Return the folder the student works in, with the lessons in it.

    In a checkout that is the checkout itself; from an installed wheel it is a folder to which the lessons
    are copied. Files the student has changed are never overwritten.
    """
    if folder is None and paths.CHECKOUT:
        return paths.CHECKOUT
    if folder is None:
        here = paths.home()
        folder = here if (here / "lessons" / "index.ipynb").is_file() else Path.cwd() / DEFAULT_FOLDER
    root = Path(folder).expanduser().resolve()
    if root == paths.CHECKOUT:
        return root
    try:
        kept = copy_lessons(root)
    except OSError:
        raise SetupError(f"The folder {root} cannot be written to. Choose another with --lab-dir.") from None
    if kept:
        print(f"Kept as you changed them, although there is a newer form: {', '.join(kept)}")
    return root


def copy_lessons(root):
    """Copy the lessons to `root`/lessons; return the names of those kept because the student changed them."""
    record = root / ".course.json"
    before = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    (root / "lessons").mkdir(parents=True, exist_ok=True)
    now, kept = {}, []
    # Only the notebooks: the banks hold the keys, and the library reads them from its own place.
    for source in (paths.LESSONS / f"{stem}.ipynb" for stem in ("index", *syllabus.stems())):
        target = root / "lessons" / source.name
        now[source.name] = fresh = _sum(source)
        if target.is_file() and _sum(target) not in (fresh, before.get(source.name)):
            if before.get(source.name) != fresh:
                kept.append(source.name)
        elif not target.is_file() or _sum(target) != fresh:
            shutil.copyfile(source, target)
    record.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    return kept


def _sum(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _free(port):
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) != 0
