"""Where a gradebook is written, and what the instructor is told of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course_lib import paths
from course_lib.errors import ProgressError
from course_lib.instructor.cells import plain_cell
from course_lib.instructor.gradebook.spreadsheets import spreadsheet_form
from course_lib.instructor.submissions.remarks import SubmissionReport


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
    """

    table: Path
    report: Path
    salt: Path
    answers: Path | None = None

    @property
    def results(self) -> list[Path]:
        """The files that are written anew each time."""
        return [path for path in (self.table, self.report, self.answers) if path]


def gradebook_files(
    out: str | Path,
    report: str | Path | None = None,
    salt: str | Path | None = None,
    answers: str | Path | None = None,
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
        All answers, by default nowhere.

    Returns
    -------
    GradebookFiles
        The files.

    Raises
    ------
    ProgressError
        For an ending that stands for no form, or where two of them are one file.
    """
    out = Path(out)
    spreadsheet_form(out)
    files = GradebookFiles(
        out,
        Path(report) if report else out.with_name(out.stem + "-report.txt"),
        Path(salt) if salt else paths.work() / "class-salt.txt",
        Path(answers) if answers else None,
    )
    if len({path.resolve() for path in files.results}) < len(files.results):
        raise ProgressError("Marks, report and answers go to different files; give each a name of its own.")
    return files


@dataclass(frozen=True)
class GradebookSummary:
    """What to tell the instructor once a gradebook is written.

    Attributes
    ----------
    report : SubmissionReport
        What was read and remarked.
    files : GradebookFiles
        What was written.
    pseudonymous : bool
        Whether students are shown by pseudonyms.
    """

    report: SubmissionReport
    files: GradebookFiles
    pseudonymous: bool

    def __iter__(self) -> Iterator[str]:
        yield self.report.summary()
        answers = f" All answers are in {plain_cell(self.files.answers)}." if self.files.answers else ""
        yield f"The marks are in {plain_cell(self.files.table)}.{answers}"
        report = plain_cell(self.files.report)
        yield f"The report is in {report}. It names students, so keep it to yourself."
        if self.pseudonymous:
            yield (
                f"Pseudonyms were made with {plain_cell(self.files.salt)}. Keep that file for the next time; "
                "give it to nobody."
            )
