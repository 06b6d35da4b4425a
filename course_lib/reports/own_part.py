"""The parts of a portfolio on files of questions of one's own: told as they were kept, without the files."""

from collections.abc import Sequence

from course_lib.messages import isolate, say
from course_lib.reports.blocks import Block, Heading, Paragraph, StudentText
from course_lib.reports.lessons_part import record_blocks
from course_lib.reports.plain_text import printable
from course_lib.student.own_files import OwnFile


def own_blocks(files: Sequence[OwnFile]) -> list[Block]:
    """Return what was answered of each file.

    Parameters
    ----------
    files : Sequence[OwnFile]
        The files.

    Returns
    -------
    list of Block
        Empty where nothing was begun.
    """
    blocks: list[Block] = []
    for place, file in enumerate(files, start=1):
        begun = [record for record in file.records if record.is_begun]
        if begun:
            counts = Paragraph(f"{_counts(file)} {say('portfolio.own.kept')}", quiet=True)
            blocks += [Heading(2, [StudentText(file.key)], f"file-{place}"), counts, *record_blocks(begun)]
    return blocks


def own_summary(files: Sequence[OwnFile]) -> str:
    """Return how many questions of each file are answered, as a sentence.

    Parameters
    ----------
    files : Sequence[OwnFile]
        The files.

    Returns
    -------
    str
        Empty where there are none.
    """
    names = [
        say("portfolio.own.file", file=isolate(printable(file.key)), answered=file.answered, n=file.total)
        for file in files
    ]
    return say("portfolio.own.summary", files="; ".join(names)) if names else ""


def _counts(file: OwnFile) -> str:
    sentences = [say("portfolio.own.answered", answered=file.answered, n=file.total)]
    graded = [record for record in file.records if record.state in ("right", "not_yet")]
    if graded:
        firsts = sum(record.first == "right" for record in graded)
        lasts = sum(record.state == "right" for record in graded)
        sentences.append(say("portfolio.summary.marked", n=len(graded), firsts=firsts, lasts=lasts))
    return " ".join(sentences)
