"""What an instructor is told of hand-ins: remarks of a few kinds, and the report they make up."""

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
    "marks": (
        "Marks in a file that differ from the marking",
        "What counts is the marking done here. A file that was changed by hand looks like this, and so does "
        "one from a version of the course with other rules.",
    ),
    "copies": (
        "The same work under two names",
        "Every entry gets an identity by chance, so that the same one in two hand-ins was made once. There "
        "can be honest reasons, such as two students at one machine.",
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
    "unknown": (
        "Entries for questions that this version does not have",
        "They were left out. Answers to a lesson that was taken out of the course look like this.",
    ),
    "names": ("The list of names", "Students who are not in it are shown by their pseudonym."),
}


@dataclass(frozen=True)
class Remark:
    """Something an instructor should know: its kind, the file or student it is about, a sentence.

    `alike` is the sentence for many students of whom the same is to be told, or "" where each is told alone.
    """

    kind: str
    about: str
    text: str
    student: str = ""
    alike: str = ""

    @property
    def behind(self):
        """The student's pseudonym in brackets, where one student is meant."""
        return f" ({self.student})" if self.student else ""


@dataclass
class SubmissionReport:
    """What was found while hand-ins were read and marked.

    `files` how many were looked at, `read` how many of them gave entries, `students` how many these came
    from, `remarks` what is to be told.
    """

    files: int = 0
    read: int = 0
    students: int = 0
    remarks: list = field(default_factory=list)

    def add(self, kind, about, text, student=""):
        """Add one remark; `kind` one of `KINDS_OF_REMARK`."""
        self.remarks.append(Remark(kind, plain_cell(about), text, student))

    def fold(self):
        """Put what is told of many students alike into one remark, so that the others can be seen."""
        counts = Counter((one.kind, one.alike) for one in self.remarks if one.alike)
        kept, told = [], set()
        for one in self.remarks:
            which = one.kind, one.alike
            if counts[which] <= FOLDED:
                kept.append(one)
            elif which not in told:
                told.add(which)
                kept.append(Remark(one.kind, count_phrase(counts[which], "student"), one.alike))
        self.remarks = kept

    def summary(self):
        """Return in a sentence or two how much was read."""
        files, students = count_phrase(self.files, "file"), count_phrase(self.students, "student")
        count = len(self.remarks)
        told = count_phrase(count, "remark") if count else "Nothing to remark"
        return f"{files} looked at, {self.read:,} read, from {students}. {told}."

    def text(self):
        """Return the whole report as plain text."""
        parts = [
            "Hand-ins: what was remarked\n",
            "This page names files, and so students. It is for the instructor, not for the class.\n",
            self.summary() + "\n",
        ]
        for kind, (heading, advice) in KINDS_OF_REMARK.items():
            ours = [f"- {one.about}{one.behind}: {one.text}" for one in self.remarks if one.kind == kind]
            if ours:
                parts.append("\n".join([f"{heading} ({len(ours)})", advice, "", *ours]) + "\n")
        return "\n".join(parts)


def count_phrase(count, thing):
    """Return a number with its thing, in the plural where there is not one."""
    plural = thing[:-1] + "ies" if thing.endswith("y") else thing + "s"
    return f"{count:,} {thing if count == 1 else plural}"


def error_reason(error):
    """Return what an error says, short enough for a sentence."""
    return plain_cell(getattr(error, "strerror", None) or error, 80) or type(error).__name__
