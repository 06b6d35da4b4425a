"""Typed answers are marked as jupyterquiz marks them: its own scripts are asked, by the thousand."""

import importlib.resources
import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from node_tools import report_missing

from course_lib import items
from course_lib.items.jupyterquiz import read_questions

PROGRAM = Path(__file__).with_name("jupyterquiz_marks.js")
CASES = 2000
NUMBERS = (0, 0.5, 1.25, 2.5, -2.5, 3.14, 100, 1250, 0.00125, 1e6)
WORDS = (
    "Lome",
    "lomé",
    "strawberry",
    "Tomato",
    "a",
    "ab",
    "colour",
    "color",
    "kitten",
    "sitting",
    "straße",
    "𝒳y",
)


def draw_number(draw):
    """A number with few digits, or one that often is an end of something."""
    return draw.choice(
        [draw.randint(-20, 20), round(draw.uniform(-10, 10), draw.randint(0, 5)), draw.choice(NUMBERS)]
    )


def numeric_case(draw):
    """A question with values, ranges and a default, and a number near one of their ends."""
    answers, ends = [], [draw_number(draw)]
    for place in range(draw.randint(1, 4)):
        answer = {"correct": draw.random() < 0.5, "feedback": f"f{place}"}
        kind = draw.random()
        if kind < 0.5:
            answer |= {"type": "value", "value": draw_number(draw)}
            ends.append(answer["value"])
        elif kind < 0.9:
            answer |= {"type": "range", "range": sorted([draw_number(draw), draw_number(draw)])}
            ends += answer["range"]
        else:
            answer = {"type": "default", "feedback": f"f{place}"}
        answers.append(answer)
    question = {"question": "?", "type": "numeric", "answers": answers}
    if draw.random() < 0.6:
        question["precision"] = draw.randint(1, 6)
    typed = draw.choice(ends) + draw.choice([0, 0, 0, 1e-3, -1e-3, 0.04, 0.05, -0.05, 0.5, 1e-6])
    return {"question": question, "typed": draw.choice([repr(typed), f"{typed:.{draw.randint(0, 6)}f}"])}


def string_case(draw):
    """A question with words of all rules, and one of them with letters changed."""
    answers = []
    for place in range(draw.randint(1, 4)):
        answer = {"answer": draw.choice(WORDS), "correct": draw.random() < 0.5, "feedback": f"f{place}"}
        if draw.random() < 0.4:
            answer["match_case"] = draw.random() < 0.7
        if draw.random() < 0.6:
            answer["fuzzy_threshold"] = draw.choice([0, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 1])
        answers.append(answer)
    typed = list(draw.choice(WORDS))
    for _ in range(draw.randint(0, 3)):
        at = draw.randrange(len(typed) + 1)
        typed[at : at + draw.randint(0, 1)] = draw.choice("abcxyzéA")
    question = {"question": "?", "type": "string", "answers": answers}
    return {"question": question, "typed": "".join(typed)}


@pytest.mark.parametrize("draw_case", [numeric_case, string_case])
def test_answers_are_marked_as_jupyterquiz_marks_them(draw_case):
    """Right or not, and with the same feedback: order of the rules, ends, digits, likeness and case."""
    program = shutil.which("node")
    if program is None:
        report_missing("No Node.js was found", "Install version 20 or newer")
    draw = random.Random(7)
    cases = [draw_case(draw) for _ in range(CASES)]
    folder = importlib.resources.files("jupyterquiz") / "js"
    done = subprocess.run(
        [program, str(PROGRAM), str(folder)],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    marked = [(case, theirs) for case, theirs in zip(cases, json.loads(done.stdout), strict=True) if theirs]
    assert len(marked) > CASES * 0.9
    differing = [(case, theirs) for case, theirs in marked if our_mark(case) != their_mark(case, theirs)]
    assert differing == []
    # Nothing agrees by being wrong everywhere.
    assert sum(theirs["right"] for _, theirs in marked) > CASES * 0.02


def defaults(case):
    """What is said to what nobody expected, beside the words of either program."""
    return [answer["feedback"] for answer in case["question"]["answers"] if answer.get("type") == "default"]


def our_mark(case):
    """Whether an answer is right, and the feedback of the rule that decided; none where none did."""
    (item,) = read_questions([case["question"]], "q.json").items
    result = items.grade(item, case["typed"])
    said = result.notes[0].text if result.notes else ""
    # What is never right is kept and not marked here.
    return result.state == "right", "" if said in {"That is not right.", *defaults(case)} else said


def their_mark(case, theirs):
    """The same of what the script said."""
    said = theirs["said"].removeprefix("(Fuzzy) ")
    return theirs["right"], "" if said.startswith("Incorrect") or said in defaults(case) else said
