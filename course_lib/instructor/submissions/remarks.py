"""What an instructor is told of submissions: remarks of a few kinds, and the report they make up."""

from collections import Counter
from dataclasses import dataclass, field

from course_lib.instructor.cells import plain_cell

# What holds for more students or questions than this, and is nobody's fault, is one remark.
FOLDED = 5
# What kind of remark is made, in the order of the report: its heading, and what an instructor may do.
KINDS_OF_REMARK = {
    "unread": (
        "Files that were not read",
        "Where nothing else is said of a file, ask for it once more.",
    ),
    "foreign": ("Files that are no hand-ins", "A hand-in is the file that Download my work gives."),
    "partly": (
        "Files read in part",
        "Whatever in them is complete was read and marked.",
    ),
    "scores": (
        "Marks in a file that differ from the marking",
        "What counts is the marking done here. A file that was changed by hand looks like this, and so does "
        "one from a version of the course with other rules.",
    ),
    "copies": (
        "The same work under two names",
        "Every entry gets an identity by chance, so that the same one in two hand-ins was made once. There "
        "can be honest reasons, such as two students at one machine.",
    ),
    "doubtful": (
        "Files put together that may be of two students",
        "They stand under one name in one place. Look at them; where they are of two students, give each a "
        "folder or a name of their own and run the command again.",
    ),
    "apart": (
        "Files of one name that were kept apart",
        "Where they are of one student, put them into one folder of that name.",
    ),
    "several": ("Several files of one student", "Their entries were put together, each once."),
    "attempts": (
        "First attempts that are missing",
        "The count of attempts does not begin at one, so the first mark is left open.",
    ),
    "clock": (
        "Clocks that cannot be right",
        "Attempts were put in order by their number; for these students no time is given.",
    ),
    "version": (
        "Questions that have changed since they were answered",
        "These answers were marked against the question as it stands, which may do them wrong.",
    ),
    "own": (
        "Files of questions that are not the course's",
        "Their answers are told with the marks that each student's machine recorded. Name such a file with "
        "--questions, and they are marked again.",
    ),
    "unknown": (
        "Entries for questions that this version does not have",
        "They were left out. Answers to a lesson that was taken out of the course look like this.",
    ),
    "names": ("The list of names", "Students who are not in it are shown by their pseudonym."),
}


@dataclass(frozen=True)
class Remark:
    """Something an instructor should know.

    Attributes
    ----------
    kind : str
        One of `KINDS_OF_REMARK`.
    about : str
        The file, student or question that it is about.
    text : str
        A sentence.
    student : str, default ""
        The student's pseudonym, where one student is meant.
    alike : str, default ""
        The sentence for many students of whom the same is to be said, or nothing where each gets their own.
    """

    kind: str
    about: str
    text: str
    student: str = ""
    alike: str = ""

    @property
    def pseudonym_suffix(self) -> str:
        """The student's pseudonym in brackets, where one student is meant."""
        return f" ({self.student})" if self.student else ""


@dataclass
class SubmissionReport:
    """What was found while submissions were read and graded.

    Attributes
    ----------
    files : int, default 0
        How many files were looked at.
    read : int, default 0
        How many of them gave entries.
    students : int, default 0
        How many students these came from.
    remarks : list of Remark, optional
        What the instructor should know.
    folders : int, default 0
        In how many folders the files lay; a zip is one.
    """

    files: int = 0
    read: int = 0
    students: int = 0
    remarks: list[Remark] = field(default_factory=list)
    folders: int = 0

    @property
    def is_doubtful(self) -> bool:
        """Whether files were put together that may be of two students."""
        return any(remark.kind == "doubtful" for remark in self.remarks)

    def add(self, kind: str, about: object, text: str, student: str = "") -> None:
        """Add one remark.

        Parameters
        ----------
        kind : str
            One of `KINDS_OF_REMARK`.
        about : object
            The file, student or question that it is about; it is made safe to show.
        text : str
            A sentence.
        student : str, default ""
            The student's pseudonym, where one student is meant.
        """
        self.remarks.append(Remark(kind, plain_cell(about), text, student))

    def fold(self) -> None:
        """Put what holds for many students alike into one remark, so that the others can be seen."""
        counts = Counter((remark.kind, remark.alike) for remark in self.remarks if remark.alike)
        remaining: list[Remark] = []
        folded: set[tuple[str, str]] = set()
        for remark in self.remarks:
            group = remark.kind, remark.alike
            if counts[group] <= FOLDED:
                remaining.append(remark)
            elif group not in folded:
                folded.add(group)
                remaining.append(Remark(remark.kind, count_phrase(counts[group], "student"), remark.alike))
        self.remarks = remaining

    def summary(self) -> str:
        """Return in a sentence or two how much was read.

        Returns
        -------
        str
            The sentences.

        Examples
        --------
        >>> SubmissionReport(files=3, read=2, students=2, folders=1).summary()
        '3 files in 1 folder looked at, 2 read, from 2 students. Nothing to remark.'
        """
        files, students = count_phrase(self.files, "file"), count_phrase(self.students, "student")
        files = f"{files} in {count_phrase(self.folders, 'folder')}"
        count = len(self.remarks)
        remarks = count_phrase(count, "remark") if count else "Nothing to remark"
        doubts = sum(remark.kind == "doubtful" for remark in self.remarks)
        doubt = ""
        if doubts:
            who = count_phrase(doubts, "student")
            told = "may be two: files without a common entry were put together; gradebook names them."
            doubt = f" {who} {told}"
        return f"{files} looked at, {self.read:,} read, from {students}. {remarks}.{doubt}"

    def text(self) -> str:
        """Return the whole report as plain text.

        Returns
        -------
        str
            The summary, then the remarks by kind, each kind with a heading and what may be done.
        """
        parts = [
            "Hand-ins: what was remarked\n",
            "This page names files, and so students. It is for the instructor, not for the class.\n",
            self.summary() + "\n",
        ]
        for kind, (heading, advice) in KINDS_OF_REMARK.items():
            lines = [
                f"- {remark.about}{remark.pseudonym_suffix}: {remark.text}"
                for remark in self.remarks
                if remark.kind == kind
            ]
            if lines:
                parts.append("\n".join([f"{heading} ({len(lines)})", advice, "", *lines]) + "\n")
        return "\n".join(parts)


def count_phrase(count: int, thing: str) -> str:
    """Return a number with its thing, in the plural where there is not one.

    Parameters
    ----------
    count : int
        How many there are.
    thing : str
        What is counted, singular.

    Returns
    -------
    str
        Both together.

    Examples
    --------
    >>> count_phrase(1, "entry"), count_phrase(2000, "entry"), count_phrase(0, "file")
    ('1 entry', '2,000 entries', '0 files')
    """
    plural = thing[:-1] + "ies" if thing.endswith("y") else thing + "s"
    return f"{count:,} {thing if count == 1 else plural}"


def error_reason(error: BaseException) -> str:
    """Return what an error says, short enough for a sentence.

    Parameters
    ----------
    error : BaseException
        The error.

    Returns
    -------
    str
        The system's words for it, else its own, else the name of its type.

    Examples
    --------
    >>> error_reason(FileNotFoundError(2, "No such file or directory"))
    'No such file or directory'
    >>> error_reason(MemoryError())
    'MemoryError'
    """
    return plain_cell(getattr(error, "strerror", None) or error, 80) or type(error).__name__
