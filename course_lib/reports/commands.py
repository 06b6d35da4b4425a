"""The command that writes a student's portfolio."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from course_lib.setup.command_line import WRITES_WHOLE, Commands, add_command


def add_parsers(commands: Commands) -> None:
    """Add `portfolio` to the command line.

    Parameters
    ----------
    commands : argparse._SubParsersAction
        The commands so far.
    """
    portfolio = add_command(
        commands,
        "portfolio",
        run_portfolio,
        "Write your portfolio: everything you answered, as one page to be read.",
        needs_packages=True,
        after_stop=WRITES_WHOLE,
    )
    portfolio.add_argument(
        "--out",
        metavar="FILE",
        help="the file, which ends in .html or .md; without it portfolio.html in my_work",
    )
    portfolio.add_argument(
        "--markdown", action="store_true", help="write Markdown instead of a page, portfolio.md in my_work"
    )
    portfolio.add_argument(
        "--name", default="", help="the name to be put on it; without it a line is left empty"
    )
    portfolio.add_argument(
        "--from", dest="work", metavar="FILE", help="take the answers from a file that Download my work gave"
    )


def run_portfolio(arguments: argparse.Namespace, _extra: Sequence[str]) -> int:
    """Write the portfolio and say how much is in it.

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
    ProgressError
        Where the answers cannot be read or the portfolio cannot be written, or not as what its name says.
    """
    import tempfile
    from pathlib import Path

    from course_lib import paths
    from course_lib.reports import output
    from course_lib.student.progress import Progress

    name = "portfolio.md" if arguments.markdown else "portfolio.html"
    out = Path(arguments.out or paths.work() / name)
    form = output.portfolio_form(out, arguments.markdown)
    with tempfile.TemporaryDirectory() as folder:
        progress = output.progress_from_file(arguments.work, folder) if arguments.work else Progress()
        portfolio = output.build_portfolio(progress, arguments.name)
        text = portfolio.markdown() if form is output.PortfolioForm.MARKDOWN else portfolio.html()
    if not arguments.out:
        paths.work().mkdir(parents=True, exist_ok=True)
    output.write_portfolio(out, text)
    counts = f"{out} holds {portfolio.answered} of {portfolio.questions} questions answered."
    print(f"{counts} {portfolio.own}".rstrip())
    return 0
