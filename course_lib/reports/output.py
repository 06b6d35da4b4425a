"""The portfolio of a student from the course's own banks, and written as a file."""

from enum import Enum
from pathlib import Path

from course_lib.curriculum import course, syllabus
from course_lib.errors import ProgressError
from course_lib.files import write_whole
from course_lib.reports import portfolio
from course_lib.reports.document import GENERATOR
from course_lib.student.events import LONGEST_FILE
from course_lib.student.progress import Progress


class PortfolioForm(Enum):
    """What a portfolio is written as."""

    HTML = "a page"
    MARKDOWN = "Markdown"


_ENDINGS = {".html": PortfolioForm.HTML, ".htm": PortfolioForm.HTML, ".md": PortfolioForm.MARKDOWN}


def portfolio_form(path: str | Path, markdown: bool = False) -> PortfolioForm:
    """Return what a portfolio is written as, by the ending of its file.

    Parameters
    ----------
    path : str or Path
        The file.
    markdown : bool, default False
        Whether Markdown was asked for besides.

    Returns
    -------
    PortfolioForm
        A page for ``.html`` and ``.htm``, Markdown for ``.md``.

    Raises
    ------
    ProgressError
        For a folder, for another ending, and for a page where Markdown was asked for.

    Examples
    --------
    >>> portfolio_form("mine.md"), portfolio_form("mine.html")
    (<PortfolioForm.MARKDOWN: 'Markdown'>, <PortfolioForm.HTML: 'a page'>)
    """
    path = Path(path)
    if path.is_dir():
        raise _folder_error(path)
    form = _ENDINGS.get(path.suffix.lower())
    if form is None:
        given = f"ends in {path.suffix}" if path.suffix else "has no ending"
        raise ProgressError(
            f"{path.name} {given}. A portfolio is a page, .html or .htm, or Markdown, .md: "
            "choose one of these endings with --out."
        )
    if markdown and form is not PortfolioForm.MARKDOWN:
        raise ProgressError(
            f"{path.name} ends in {path.suffix}, which is a page, but --markdown asks for Markdown. "
            "End the name in .md, or leave --markdown out."
        )
    return form


def build_portfolio(progress: Progress, name: str = "") -> portfolio.Portfolio:
    """Return the portfolio of a student from the course's own banks and tests.

    Parameters
    ----------
    progress : Progress
        Where the answers are.
    name : str, optional
        Of the student, where they give one.

    Returns
    -------
    Portfolio
        Ready to be written.

    Raises
    ------
    CourseError
        Where the answers or the course cannot be read.
    """
    banks = [course.bank(stem) for stem in syllabus.stems()]
    forms = {form: course.form_bank(form) for form in course.FORMS}
    return portfolio.compile_portfolio(
        progress, banks, forms, course.OBJECTIVES, name, course.unlisted_items()
    )


def progress_from_file(path: str | Path, folder: str | Path) -> Progress:
    """Return the answers in an exported file of work.

    Parameters
    ----------
    path : str or Path
        The file.
    folder : str or Path
        An empty folder to unpack them in.

    Returns
    -------
    Progress
        The answers.

    Raises
    ------
    ProgressError
        With a sentence where the file is not there, too long, damaged or not ours.
    """
    path = Path(path)
    try:
        # A character takes four bytes at most; how many there are is looked at when they are read.
        if path.stat().st_size > 4 * LONGEST_FILE:
            raise ProgressError(f"{path.name} is too large to be a file of your work. Nothing was written.")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ProgressError(
            f"{path.name} is no file of your work: it is not text in UTF-8. Nothing was written."
        ) from None
    except OSError:
        raise ProgressError(
            f"{path} cannot be read. Check its name and folder. "
            "It is the file that the button Download my work gave you."
        ) from None
    progress = Progress(Path(folder) / "progress.sqlite")
    progress.restore(text)
    return progress


def write_portfolio(path: str | Path, text: str) -> None:
    """Write a portfolio whole or not at all; a file that is no portfolio of ours stays as it is.

    Parameters
    ----------
    path : str or Path
        The file.
    text : str
        A portfolio as HTML or as Markdown.

    Raises
    ------
    ProgressError
        With a sentence where it cannot be written.
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise _folder_error(path)
        if path.exists() and not _is_ours(path):
            raise ProgressError(
                f"{path} exists and is no portfolio of this course, so it was left as it is. "
                "Choose another name with --out."
            )
        write_whole(path, text)
    except FileNotFoundError:
        raise ProgressError(f"There is no folder {path.parent}. Make it, or choose another --out.") from None
    except OSError as error:
        raise ProgressError(f"{path} cannot be written: {error.strerror}. Choose another --out.") from None


def _folder_error(path: Path) -> ProgressError:
    return ProgressError(f"{path} is a folder. Name a file in it, for instance portfolio.html.")


def _is_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return GENERATOR.encode() in file.read(2000)
