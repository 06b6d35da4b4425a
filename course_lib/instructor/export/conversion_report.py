"""What a format cannot carry: written down question by question, and told in sum."""

from collections import Counter
from typing import NamedTuple


class ConversionNote(NamedTuple):
    """What became of one field of a question or a lesson: `item` its id, `what` in words."""

    item: str
    field: str
    what: str


class ConversionReport:
    """Collects what was left out of an export, and what was written in another way than the course has it.

    Each entry belongs to one question and one field of it.

    Attributes
    ----------
    entries : list of ConversionNote
        Each once, in the order in which they were noted.
    """

    def __init__(self) -> None:
        self.entries: list[ConversionNote] = []

    def note_omission(self, item: str, field: str, why: str) -> None:
        """Note that a field of a question is not in the file, and why.

        Parameters
        ----------
        item : str
            The id of the question, or the stem of the lesson.
        field : str
            The field as question banks call it.
        why : str
            The reason, as the end of a sentence.
        """
        self._note(ConversionNote(item, field, f"left out: {why}"))

    def note_change(self, item: str, field: str, how: str) -> None:
        """Note that a field of a question is in the file in another form, and in which.

        Parameters
        ----------
        item : str
            The id of the question, or the stem of the lesson.
        field : str
            The field as question banks call it.
        how : str
            The other form, as the end of a sentence.
        """
        self._note(ConversionNote(item, field, f"changed: {how}"))

    def _note(self, entry: ConversionNote) -> None:
        if entry not in self.entries:
            self.entries.append(entry)

    def summary(self) -> list[str]:
        """Return one line for each kind of loss: in how many places, which field, and what became of it.

        Returns
        -------
        list of str
            Sentences, sorted by field.

        Examples
        --------
        >>> report = ConversionReport()
        >>> report.note_omission("01-a", "hints", "there are none")
        >>> report.note_omission("01-b", "hints", "there are none")
        >>> report.summary()
        ['2 × hints, left out: there are none.']
        """
        counts = Counter((entry.field, entry.what) for entry in self.entries)
        return [f"{count} × {field}, {what}." for (field, what), count in sorted(counts.items())]

    def text(self, heading: str) -> str:
        """Return the whole report: the sum first, then line by line.

        Parameters
        ----------
        heading : str
            The first lines.

        Returns
        -------
        str
            The text of a file.
        """
        if not self.entries:
            return f"{heading}\n\nNothing was left out or changed.\n"
        lines = [f"{entry.item}, {entry.field}, {entry.what}." for entry in self.entries]
        return "\n".join([heading, "", "In sum", *self.summary(), "", "One by one", *lines, ""])
