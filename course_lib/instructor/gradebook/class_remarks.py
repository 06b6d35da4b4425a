"""What is noticed once the whole class is graded: questions that have changed, and work that was copied."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from course_lib.instructor.gradebook.batches import GradedStudent
from course_lib.instructor.gradebook.recorded_answers import RecordedAnswers
from course_lib.instructor.submissions.remarks import FOLDED, SubmissionReport, count_phrase


def remark_changes(changed: Mapping[str, int], report: SubmissionReport) -> None:
    """Remark which questions have changed since they were answered.

    Many of one lesson are one remark, so that the others can be seen.

    Parameters
    ----------
    changed : mapping of str to int
        By the id of a question, how many students answered an earlier version of it.
    report : SubmissionReport
        Where it is remarked.
    """
    alike: dict[tuple[str, int], list[str]] = {}
    for name, count in sorted(changed.items()):
        alike.setdefault((name.partition("-")[0], count), []).append(name)
    for (lesson, count), names in alike.items():
        students = count_phrase(count, "student")
        if len(names) > FOLDED:
            text = f"{students} answered an earlier version of each."
            report.add("version", f"{len(names)} questions that begin with {lesson}-", text)
        else:
            for name in names:
                report.add("version", name, f"{students} answered an earlier version of it.")


def remark_copies(
    students: Sequence[GradedStudent], prints: Sequence[Sequence[int]], report: SubmissionReport
) -> None:
    """Remark where two students' submissions hold entries that were made once.

    Parameters
    ----------
    students : sequence of GradedStudent
        The class.
    prints : sequence of sequence of int
        For each student the numbers that copies are found by (see `fingerprint`).
    report : SubmissionReport
        Where it is remarked, for both of them.
    """
    if not prints:
        return
    numbers = np.concatenate([np.array(own, "uint64") for own in prints])
    owner = np.repeat(np.arange(len(prints), dtype="int32"), [len(own) for own in prints])
    order = np.argsort(numbers, kind="stable")
    numbers, owner = numbers[order], owner[order]
    pairs: Counter[tuple[int, int]] = Counter()
    for at in np.flatnonzero(numbers[1:] == numbers[:-1]):
        pairs[int(owner[at]), int(owner[at + 1])] += 1
    for (first, second), count in sorted(pairs.items()):
        entries = count_phrase(min(len(prints[first]), len(prints[second])), "entry")
        for own, other in ((first, second), (second, first)):
            report.add(
                "copies",
                students[own].name,
                f"{count} of {entries} compared are the same as in the hand-in of {students[other].name}.",
                students[own].pseudonym,
            )


def remark_recorded(recorded: RecordedAnswers, report: SubmissionReport) -> None:
    """Remark which files of questions were not at hand, so that nothing of them was marked again.

    Parameters
    ----------
    recorded : RecordedAnswers
        The class's answers to them.
    report : SubmissionReport
        Where it is remarked.
    """
    for file in recorded.files():
        students = {row.student for row in recorded.rows if row.snapshot.file == file.key}
        text = (
            f"{count_phrase(len(students), 'student')} answered "
            f"{count_phrase(len(file.questions), 'question')} of it; the marks are as recorded."
        )
        report.add("own", file.key, text)
