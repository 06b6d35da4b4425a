"""Grading part after part of a class, in one process or in several."""

import multiprocessing
import signal
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from course_lib.errors import CourseError
from course_lib.instructor.gradebook.batches import GradedBatch
from course_lib.instructor.gradebook.grading import Grader
from course_lib.instructor.question_files import QuestionFile
from course_lib.instructor.submissions import archive
from course_lib.instructor.submissions.reading import FileGroup
from course_lib.items import Bank

# So many students are graded before their rows are handed on.
_PART = 100


def grade_groups(
    groups: Sequence[FileGroup],
    banks: Sequence[Bank],
    processes: int = 1,
    files: Sequence[QuestionFile] = (),
) -> Iterator[GradedBatch]:
    """Yield what grading gives for one part of the students after another, in their order.

    Parameters
    ----------
    groups : sequence of FileGroup
        The files by student.
    banks : sequence of Bank
        The questions that were asked.
    processes : int, default 1
        How many work at the same time; each holds one student's events.
    files : sequence of QuestionFile, optional
        Files whose questions were asked besides.

    Yields
    ------
    GradedBatch
        Of at most a hundred students.

    Raises
    ------
    CourseError
        Where the system ends one of the processes.
    """
    parts = (groups[at : at + _PART] for at in range(0, len(groups), _PART))
    if processes == 1:
        grader = Grader(banks, files)
        try:
            yield from map(grader.batch, parts)
        finally:
            archive.close_archives()
        return
    try:
        with _pool(banks, files, processes) as pool:
            waiting: list[Future[GradedBatch]] = []
            for part in parts:
                waiting.append(pool.submit(_grade_part, part))
                # Whatever waits to be taken over is memory.
                if len(waiting) > 2 * processes:
                    yield waiting.pop(0).result()
            for batch in waiting:
                yield batch.result()
    except BrokenProcessPool:
        raise CourseError(
            "A process that was marking was ended by the system, most likely for want of memory. Close other "
            "programs, or read the files in several folders, one after the other."
        ) from None


@contextmanager
def _pool(
    banks: Sequence[Bank], files: Sequence[QuestionFile], processes: int
) -> Generator[ProcessPoolExecutor]:
    # A fresh start takes nothing along of what is open here.
    pool = ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), _begin, (banks, files))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


_GRADER: list[Grader] = []


def _begin(banks: Sequence[Bank], files: Sequence[QuestionFile]) -> None:
    # Who stops the command stops it once; that process ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _GRADER.append(Grader(banks, files))


def _grade_part(groups: Sequence[FileGroup]) -> GradedBatch:
    return _GRADER[0].batch(groups)
