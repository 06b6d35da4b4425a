"""Opening JupyterLab at the course home, in the student's folder."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from course_lib import paths
from course_lib.curriculum import syllabus
from course_lib.errors import SetupError
from course_lib.files import write_whole
from course_lib.setup.processes import run_until_end

HOME = "lab/tree/lessons/index.ipynb"
DEFAULT_FOLDER = "reading-with-evidence"


def open_lab(
    browser: bool = True,
    port: int | None = None,
    folder: str | Path | None = None,
    extra: Iterable[str] = (),
    program: str | Path | None = None,
) -> int:
    """Open JupyterLab and stay until it ends.

    Parameters
    ----------
    browser : bool, default True
        Whether to open one.
    port : int, optional
        Its port; without it a free one.
    folder : str or Path, optional
        Where the student works: the lessons are copied there. Without it as `student_folder` chooses.
    extra : Iterable[str], optional
        Arguments for JupyterLab.
    program : str or Path, optional
        JupyterLab's console script; without it the one beside this Python.

    Returns
    -------
    int
        The exit status of JupyterLab.

    Raises
    ------
    SetupError
        For a port that is taken, or a folder that cannot be written to.
    """
    if port is not None and not _is_free(port):
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


def hub_server(extra: Iterable[str] = (), folder: str | Path | None = None) -> NoReturn:
    """Put the lessons into a student's folder on a hub, then become the student's server.

    A hub starts this in place of `jupyterhub-singleuser`, as the student; it does not return.

    Parameters
    ----------
    extra : Iterable[str], optional
        Arguments that the hub passes on.
    folder : str or Path, optional
        The student's; by default `reading-with-evidence` in their home.

    Raises
    ------
    SetupError
        Where the folder cannot be written to or the hub's server is not installed.
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


def student_folder(folder: str | Path | None = None) -> Path:
    """Return the folder the student works in, with the lessons in it.

    In a checkout that is the checkout itself; from an installed wheel it is a folder to which the lessons
    are copied. Files the student has changed are never overwritten.

    Parameters
    ----------
    folder : str or Path, optional
        Another folder to copy the lessons to.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    SetupError
        Where it cannot be written to.
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
        changed = copy_lessons(root)
    except OSError:
        raise SetupError(f"The folder {root} cannot be written to. Choose another with --lab-dir.") from None
    if changed:
        print(f"Kept as you changed them, although there is a newer form: {', '.join(changed)}")
    return root


def copy_lessons(root: Path) -> list[str]:
    """Copy the lessons to the folder `lessons` in another folder, but never over what a student changed.

    Parameters
    ----------
    root : Path
        The student's folder.

    Returns
    -------
    list of str
        The names of the notebooks that were kept, although there is a newer form, since the student changed
        them.

    Raises
    ------
    OSError
        Where the folder cannot be written to.
    """
    record = root / ".course.json"
    copied = json.loads(record.read_text(encoding="utf-8")) if record.is_file() else {}
    (root / "lessons").mkdir(parents=True, exist_ok=True)
    newest: dict[str, str] = {}
    changed: list[str] = []
    # Only the notebooks: the banks hold the keys, and the library reads them from its own place.
    for source in (paths.LESSONS / f"{stem}.ipynb" for stem in ("index", *syllabus.stems())):
        target = root / "lessons" / source.name
        newest[source.name] = fresh = _checksum(source)
        if target.is_file() and _checksum(target) not in (fresh, copied.get(source.name)):
            if copied.get(source.name) != fresh:
                changed.append(source.name)
        elif not target.is_file() or _checksum(target) != fresh:
            # Whole or not at all: what is cut short would count as changed by the student.
            write_whole(target, source.read_bytes())
    write_whole(record, json.dumps(newest, indent=1) + "\n")
    return changed


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _is_free(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) != 0
