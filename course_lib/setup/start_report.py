"""What a start did to the lessons in a student's folder, told in the terminal and on the course home.

Standard library only. It reaches the kernels by the environment of the server that the start opens: so it is
told until the next start, also where the disk is full and nothing can be written down.
"""

import dataclasses
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

VARIABLE = "COURSE_START_REPORT"


@dataclass
class StartReport:
    """What became of the lessons at a start; nothing is told of those that were as they are to be.

    Attributes
    ----------
    updated : list of str
        The file names of lessons that were only run, and were replaced by a new edition.
    kept : dict of str to str
        From lessons that a student changed to the new edition that lies beside each.
    set_aside : dict of str to str
        From lessons in whose place no notebook was to the names under which that is kept.
    unwritten : list of str
        Lessons that could not be read or written.
    full : bool
        Whether the disk was full.
    """

    updated: list[str] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    set_aside: dict[str, str] = field(default_factory=dict)
    unwritten: list[str] = field(default_factory=list)
    full: bool = False

    @classmethod
    def from_environment(cls) -> "StartReport":
        """Return what the start told that opened the server of this kernel.

        Returns
        -------
        StartReport
            Empty where there was none, or none that can be read.
        """
        try:
            said = json.loads(os.environ.get(VARIABLE, ""))
        except (ValueError, RecursionError):
            return cls()
        if not isinstance(said, dict):
            return cls()
        return cls(
            _names(said.get("updated")),
            _pairs(said.get("kept")),
            _pairs(said.get("set_aside")),
            _names(said.get("unwritten")),
            said.get("full") is True,
        )

    def environment(self, variables: Mapping[str, str]) -> dict[str, str]:
        """Return environment variables that carry the report to a server and its kernels.

        Parameters
        ----------
        variables : Mapping of str to str
            The others.

        Returns
        -------
        dict of str to str
            With the report, also in place of an earlier one.
        """
        return {**variables, VARIABLE: json.dumps(dataclasses.asdict(self))}

    def sentences(self) -> list[str]:
        """Return the report for a terminal.

        Returns
        -------
        list of str
            A sentence for each kind of thing that was done or could not be.
        """
        said = []
        if self.updated:
            said.append(f"Brought up to date, since you had not changed them: {', '.join(self.updated)}")
        if self.kept:
            pairs = ", ".join(f"{name} (see {beside!r})" for name, beside in self.kept.items())
            said.append(f"Kept as you changed them, with the new edition beside each: {pairs}")
        if self.set_aside:
            pairs = ", ".join(f"{name} (now {aside!r})" for name, aside in self.set_aside.items())
            said.append(f"Copied anew, since what was there is no notebook; it is kept: {pairs}")
        if self.full:
            what = f" These could not be written: {', '.join(self.unwritten)}." if self.unwritten else ""
            said.append(
                f"The disk is full, or what you may use of it.{what} "
                "Delete what you do not need, then start the course again."
            )
        elif self.unwritten:
            said.append(
                f"Left as they are, since they cannot be read or written: {', '.join(self.unwritten)}. "
                "Close programs that hold them open, look whether the folder is yours to write to, "
                "then start the course again."
            )
        return said


def _names(value: object) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def _pairs(value: object) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {str(name): beside for name, beside in value.items() if isinstance(beside, str)}
