"""Where a gradebook and what goes with it are written."""

from dataclasses import dataclass
from pathlib import Path

from course_lib import paths
from course_lib.errors import ProgressError
from course_lib.instructor.gradebook.spreadsheets import ANSWER_FORMS, spreadsheet_form
from course_lib.student.events import FORMAT

# What a file is stands in its first line.
_HEAD_BYTES = 1000


@dataclass(frozen=True)
class GradebookFiles:
    """The files that go with a gradebook.

    Attributes
    ----------
    table : Path
        One line for each student.
    report : Path
        What was remarked.
    salt : Path
        The salt of the class.
    answers : Path, optional
        All answers, where they are wanted.
    names : Path, optional
        The list of names, where there is one.
    """

    table: Path
    report: Path
    salt: Path
    answers: Path | None = None
    names: Path | None = None

    @property
    def results(self) -> list[Path]:
        """The files that are written anew each time."""
        return [path for path in (self.table, self.report, self.answers) if path]

    @property
    def no_submissions(self) -> list[Path]:
        """All files that are nobody's submission, wherever they lie."""
        return [*self.results, self.salt, *([self.names] if self.names else [])]


def gradebook_files(
    out: str | Path,
    report: str | Path | None = None,
    salt: str | Path | None = None,
    answers: str | Path | None = None,
    names: str | Path = "pseudonym",
) -> GradebookFiles:
    """Return where everything goes.

    Parameters
    ----------
    out : str or Path
        The table; its ending says in which form it is written.
    report : str or Path, optional
        By default beside `out`.
    salt : str or Path, optional
        By default `class-salt.txt` in the `my_work` folder.
    answers : str or Path, optional
        All answers, by default nowhere; the ending says whether as CSV or as a workbook.
    names : str or Path, default "pseudonym"
        How students are shown, as in `choose_names`.

    Returns
    -------
    GradebookFiles
        The files.

    Raises
    ------
    ProgressError
        For an ending that stands for no form, where two of them are one file, or where one would replace what
        somebody submitted.
    """
    out = Path(out)
    spreadsheet_form(out)
    if answers:
        spreadsheet_form(answers, ANSWER_FORMS, "answers")
    files = GradebookFiles(
        out,
        Path(report) if report else out.with_name(out.stem + "-report.txt"),
        Path(salt) if salt else paths.work() / "class-salt.txt",
        Path(answers) if answers else None,
        None if names in ("pseudonym", "file") else Path(names),
    )
    _require_own_places(files)
    return files


def _require_own_places(files: GradebookFiles) -> None:
    """Refuse to write over one another, or over what cannot be made again."""
    if len({path.resolve() for path in files.results}) < len(files.results):
        raise ProgressError("Marks, report and answers go to different files; give each a name of its own.")
    kept = {"salt": files.salt, "list of names": files.names}
    for path in files.results:
        for what, other in kept.items():
            if other is not None and path.resolve() == other.resolve():
                raise ProgressError(
                    f"{path} is the {what}, which would be lost. Give marks, report and answers names of "
                    "their own; nothing was written."
                )
        if _is_submission(path):
            raise ProgressError(
                f"{path} holds work that somebody submitted, which would be lost. Give marks, report and "
                "answers names of their own; nothing was written."
            )


def _is_submission(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return FORMAT.encode() in file.read(_HEAD_BYTES)
    except OSError:
        return False
