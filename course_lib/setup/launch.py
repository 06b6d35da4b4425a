"""Opening JupyterLab at the course home, in the student's folder."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

from course_lib import paths
from course_lib.errors import CourseError, SetupError
from course_lib.setup.lesson_copies import copy_lessons
from course_lib.setup.processes import run_until_end
from course_lib.setup.start_report import StartReport

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
    root, report = student_folder(folder)
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
    environment = report.environment(os.environ) | {"JUPYTER_PREFER_ENV_PATH": "1", "COURSE_HOME": str(root)}
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
        Where the hub's server is not installed.
    """
    root = _real(folder or Path.home() / DEFAULT_FOLDER)
    program = Path(sys.executable).with_name("jupyterhub-singleuser")
    if not program.is_file():
        raise SetupError(
            f"There is no jupyterhub-singleuser beside {sys.executable}. "
            "Install jupyterhub in the environment of the course."
        )
    # Before the server starts, so that nothing of the student's own is in the way. It starts whatever comes
    # of this: whoever has no server can delete nothing and ask nobody.
    report = StartReport()
    try:
        if root != paths.CHECKOUT:
            report = copy_lessons(root)
            _tell(report)
    except CourseError as error:
        print(error, flush=True)
    environment = report.environment(os.environ) | {"COURSE_HOME": str(root)}
    os.execve(program, [str(program), *extra], environment)  # noqa: S606


def student_folder(folder: str | Path | None = None) -> tuple[Path, StartReport]:
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
    StartReport
        What was done to the lessons. It is printed too.

    Raises
    ------
    SetupError
        Where there are no lessons in it and none can be written, though the disk is not full.
    """
    if folder is None and paths.CHECKOUT:
        return paths.CHECKOUT, StartReport()
    if folder is None:
        here = paths.home()
        folder = here if os.path.isfile(here / "lessons" / "index.ipynb") else Path.cwd() / DEFAULT_FOLDER
    root = _real(folder)
    if root == paths.CHECKOUT:
        return root, StartReport()
    report = copy_lessons(root)
    # On a full disk there may be something to delete, which JupyterLab can do.
    if not os.path.isdir(root) or not (report.full or os.path.isfile(root / "lessons" / "index.ipynb")):
        raise SetupError(f"The folder {root} cannot be written to. Choose another with --lab-dir.")
    _tell(report)
    return root, report


def _real(folder: str | Path) -> Path:
    """Return where a folder is; one behind a link to itself is nowhere, which is told like any other."""
    return Path(os.path.realpath(Path(folder).expanduser()))


def _tell(report: StartReport) -> None:
    for sentence in report.sentences():
        print(sentence, flush=True)


def _is_free(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) != 0
