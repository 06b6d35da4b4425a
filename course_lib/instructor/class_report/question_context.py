"""Where a question stands in its lesson: under which heading, after which chart, after which text."""

import functools
import json
import math
import re
from dataclasses import dataclass

from course_lib import charts, items, paths
from course_lib.setup.tidy import KEPT

_CHECK = re.compile(r"\blesson\.check\(\s*[\"']([^\"']+)[\"']")
_DRAWN = re.compile(r"\b(charts|explorer)\.(\w+)\(")
_HEADING = re.compile(r"^(#{1,3}) +(.+)$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_PASSAGE = re.compile(r"\n\s*\n|\n(?=(?:[-*]|\d+\.) )")
_SIGN = re.compile(r"^(?:[-*]|\d+\.) +")
_SENTENCE = re.compile(r"(?<=[.?])\s+(?=[A-Z*“])")
# A longer passage is cut to the sentences that have most to do with the question.
_LONG = 420
# Two words in common may be chance.
_FEWEST = 3


@dataclass(frozen=True)
class QuestionContext:
    """Where a check stands: `heading` of its section, `passages` of text before it there, `chart` or "".

    The chart is what was drawn right before the check, in the same section; cells that only print a number
    may stand between.
    """

    heading: str
    passages: tuple
    chart: str = ""


@functools.cache
def question_contexts(stem):
    """Return the `QuestionContext` of every check in a notebook; an empty dict where it cannot be read."""
    try:
        book = json.loads((paths.LESSONS / f"{stem}.ipynb").read_text(encoding="utf-8"))
        cells = [(cell["cell_type"], "".join(cell["source"]), _tags(cell)) for cell in book["cells"]]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    found, heading, passages, chart = {}, "", [], ""
    for kind, source, tags in cells:
        if kind == "markdown":
            if titles := _HEADING.findall(source):
                heading, passages, chart = titles[-1][1].strip(), [], ""
            passages += _passages(source)
        elif check := _CHECK.search(source):
            found.setdefault(check[1], QuestionContext(heading, tuple(passages), chart))
            chart = ""
        elif drawn := [name for room, name in _DRAWN.findall(source) if _is_chart(room, name)]:
            chart = drawn[-1].replace("_", " ")
        elif KEPT not in tags:
            chart = ""
    return found


def passages(stem):
    """Return every passage of text in a lesson."""
    return tuple(dict.fromkeys(one for place in question_contexts(stem).values() for one in place.passages))


def related_sentences(item, candidates):
    """Return the sentences among some passages that have most words in common with a question, or "".

    Words that stand in many of the passages count little.
    """
    texts = [item.stem, *items.key_lines(item)]
    asked = {word.casefold() for text in texts for word in _WORD.findall(text)}
    parts = [piece for text in candidates for piece in _pieces(text)]
    words = [{word.casefold() for word in _WORD.findall(part)} & asked for part in parts]
    among = [word for found in words for word in found]
    weight = {word: math.log(1 + len(parts) / among.count(word)) for word in set(among)}
    scored = [(sum(map(weight.__getitem__, sorted(found))), -at) for at, found in enumerate(words)]
    scored = [one for one, found in zip(scored, words, strict=True) if len(found) >= _FEWEST]
    return parts[-max(scored)[1]] if scored else ""


def _pieces(text):
    if len(text) <= _LONG:
        return [text]
    sentences = _SENTENCE.split(text)
    return [" ".join(sentences[at : at + 2]) for at in range(max(1, len(sentences) - 1))]


def _passages(source):
    parts = (_SIGN.sub("", part.strip()) for part in _PASSAGE.split(_HEADING.sub("", source)))
    return [" ".join(part.split()) for part in parts if part and not part.startswith(("|", "<", "```"))]


def _tags(cell):
    return cell.get("metadata", {}).get("tags", [])


def _is_chart(room, name):
    # Whatever an explorer shows is a chart with controls.
    return room == "explorer" or name in charts.__all__
