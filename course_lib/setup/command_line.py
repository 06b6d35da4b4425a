"""How a package brings its commands to the command line: with the standard library alone.

A module `commands` has a function `add_parsers`, which the command line calls, and for each command a
function that runs it and returns its exit status. What that needs beyond the standard library it imports
itself, since the commands are parsed before the environment exists.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[CommandParser]"
Run: TypeAlias = Callable[[argparse.Namespace, Sequence[str]], int]

# What is true when somebody stops a command with Ctrl-C.
RUN_AGAIN = "Run the command again."
SETS_UP = "The next start sets up whatever is missing; answers are kept as they were given."
WRITES_WHOLE = "A file is written whole or not at all; run the command again for those that are missing."


class CommandParser(argparse.ArgumentParser):
    """The parser of one command, whose help may say what only the course's packages know.

    Attributes
    ----------
    complete_help : callable or None
        Called before the help is written, to put into it what is not known until then.
    """

    complete_help: Callable[[], object] | None = None

    def format_help(self) -> str:
        """Return the help, completed.

        Returns
        -------
        str
            As `argparse` writes it.
        """
        if self.complete_help is not None:
            self.complete_help()
        return super().format_help()


def add_command(
    commands: Commands,
    name: str,
    run: Run,
    description: str,
    *,
    needs_packages: bool,
    after_stop: str = RUN_AGAIN,
) -> CommandParser:
    """Add a command to the command line and return its parser.

    Parameters
    ----------
    commands : argparse._SubParsersAction
        The commands so far, as `argparse` makes them.
    name : str
        What is typed.
    run : Callable
        A function that is given the parsed arguments and the list of those after ``--``, and returns the
        exit status.
    description : str
        What the command does, in a sentence or more.
    needs_packages : bool
        Whether it runs in the checkout's environment where the Python it is started with lacks what the
        course needs.
    after_stop : str, optional
        The sentence that says what is true when somebody stops it.

    Returns
    -------
    CommandParser
        The parser, to be given the arguments.
    """
    parser = commands.add_parser(name, help=description, description=description)
    parser.set_defaults(command=name, run=run, needs_packages=needs_packages, after_stop=after_stop)
    return parser
