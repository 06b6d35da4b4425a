"""The commands that set up the course, open it, test it and look at the machine."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence

from course_lib.setup.command_line import SETS_UP, Commands, add_command


def add_parsers(commands: Commands) -> None:
    """Add `start`, `test`, `setup`, `doctor` and `hub-server` to the command line.

    Parameters
    ----------
    commands : argparse._SubParsersAction
        The commands so far.
    """
    start = add_command(
        commands,
        "start",
        run_start,
        "Set up what is missing and open JupyterLab at the course home.",
        needs_packages=False,
        after_stop=SETS_UP,
    )
    start.add_argument(
        "--no-browser", action="store_true", help="do not open a browser; print the address only"
    )
    start.add_argument("--port", type=int, help="port to use; without it a free one is taken")
    start.add_argument("--lab-dir", metavar="DIR", help="work in this folder: the lessons are copied there")
    add_command(
        commands,
        "test",
        run_test,
        "Set up the tests' tools too and run every test; arguments after -- go to pytest.",
        needs_packages=False,
        after_stop="The next run begins with the first test; what is not set up yet is set up then.",
    )
    setup = add_command(
        commands,
        "setup",
        run_setup,
        "Only set up the environment.",
        needs_packages=False,
        after_stop=SETS_UP,
    )
    setup.add_argument("--with", dest="layer", choices=["test"], help="set up the tests' tools too")
    add_command(
        commands, "doctor", run_doctor, "Tell what is there and what is missing.", needs_packages=False
    )
    add_command(
        commands,
        "hub-server",
        run_hub_server,
        "On a JupyterHub: copy the lessons to the student's folder, then start their server. "
        "Arguments after -- go to jupyterhub-singleuser.",
        needs_packages=False,
    )


def run_start(arguments: argparse.Namespace, extra: Sequence[str]) -> int:
    """Set up what is missing, open JupyterLab and stay until it ends.

    Parameters
    ----------
    arguments : argparse.Namespace
        What was typed.
    extra : Sequence[str]
        Arguments for JupyterLab.

    Returns
    -------
    int
        The exit status of JupyterLab.

    Raises
    ------
    SetupError
        Where something stands in the way.
    """
    from course_lib.setup.environment import checkout_environment
    from course_lib.setup.launch import open_lab

    program = None
    if environment := checkout_environment():
        environment.ensure(["kernel", "lab"])
        program = environment.program("jupyter-lab")
    return open_lab(not arguments.no_browser, arguments.port, arguments.lab_dir, extra, program)


def run_test(_arguments: argparse.Namespace, extra: Sequence[str]) -> int:
    """Set up the tests' tools too and run the tests.

    Parameters
    ----------
    extra : Sequence[str]
        Arguments for pytest.

    Returns
    -------
    int
        The exit status of pytest.

    Raises
    ------
    SetupError
        Where the course is no checkout, or something else stands in the way.
    """
    from course_lib.errors import SetupError
    from course_lib.setup.environment import checkout_environment
    from course_lib.setup.processes import run_until_end

    environment = checkout_environment()
    if environment is None:
        raise SetupError(
            "The tests are part of the course's source, not of the installed package. Fetch the source."
        )
    environment.ensure(["kernel", "lab", "test"])
    # Whatever a user set for their own pytest runs is not ours.
    settings = {name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"}
    pytest = [str(environment.program("python")), "-m", "pytest", *extra]
    return run_until_end(pytest, cwd=environment.root, env=settings)


def run_setup(arguments: argparse.Namespace, _extra: Sequence[str]) -> int:
    """Set up the environment of a checkout.

    Parameters
    ----------
    arguments : argparse.Namespace
        What was typed.

    Returns
    -------
    int
        0.

    Raises
    ------
    SetupError
        Where something stands in the way.
    """
    from course_lib.setup.environment import checkout_environment

    if environment := checkout_environment():
        environment.ensure(["kernel", "lab", *([arguments.layer] if arguments.layer else [])])
    return 0


def run_doctor(_arguments: argparse.Namespace, _extra: Sequence[str]) -> int:
    """Say what is there and what is missing.

    Returns
    -------
    int
        0 where nothing is missing, 1 otherwise.
    """
    from course_lib.setup.doctor import examine_machine

    return 0 if examine_machine() else 1


def run_hub_server(_arguments: argparse.Namespace, extra: Sequence[str]) -> int:
    """Put the lessons into a student's folder on a hub, then become the student's server.

    Parameters
    ----------
    extra : Sequence[str]
        Arguments for the server.

    Returns
    -------
    int
        Nothing in fact: the server takes the place of this program.

    Raises
    ------
    SetupError
        Where the hub's server is not installed.
    """
    from course_lib.setup.launch import hub_server

    hub_server(extra)
