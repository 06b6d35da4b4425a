"""What a format cannot carry: written down question by question, and told in sum."""

from collections import Counter


class ConversionReport:
    """Collects what was left out of an export, and what was written in another way than the course has it.

    Each entry belongs to one question and one field of it.
    """

    def __init__(self):
        self.entries = []

    def left_out(self, item, field, why):
        """Note that a field of a question is not in the file, and why."""
        self._add(item, field, f"left out: {why}")

    def changed(self, item, field, how):
        """Note that a field of a question is in the file in another form, and in which."""
        self._add(item, field, f"changed: {how}")

    def _add(self, item, field, what):
        if (item, field, what) not in self.entries:
            self.entries.append((item, field, what))

    def summary(self):
        """Return one line for each kind of loss: in how many places, which field, and what became of it."""
        counted = Counter((field, what) for _, field, what in self.entries)
        return [f"{count} × {field}, {what}." for (field, what), count in sorted(counted.items())]

    def text(self, heading):
        """Return the whole report: the sum first, then line by line.

        Parameters: `heading` the first lines.
        """
        if not self.entries:
            return f"{heading}\n\nNothing was left out or changed.\n"
        lines = [f"{item}, {field}, {what}." for item, field, what in self.entries]
        return "\n".join([heading, "", "In sum", *self.summary(), "", "One by one", *lines, ""])
