"""The most frequent slip in questions of every type, and that typed words stay with the student."""

import msgspec
import pytest

from course_lib import items
from course_lib.curriculum import course
from course_lib.html.markdown import render_markdown
from course_lib.instructor.class_report import distractors

TYPES = items.load(
    """
lesson = "77_made"
title = "Made"
question = "What?"
minutes = 5
activity_minutes = 0

[[item]]
id = "77-many"
type = "multiple"
check = "a"
objective = 1
stem = "Which?"
option = [
  { text = "one", key = true, feedback = "One." },
  { text = "two", key = true, feedback = "Two." },
  { text = "three", feedback = "Three." },
]

[[item]]
id = "77-rows"
type = "grid"
check = "a"
objective = 1
stem = "Which?"
choices = ["yes", "no", "open"]
row = [
  { text = "first", key = "yes", feedback = "First.", instead = { open = "Not open." } },
  { text = "second", key = "no", feedback = "Second." },
]

[[item]]
id = "77-word"
type = "word"
check = "a"
objective = 1
stem = "Which?"
otherwise = "Another."
answer = [
  { text = "claim", feedback = "Yes." },
  { text = "fact", key = false, feedback = "No fact." },
]

[[item]]
id = "77-number"
type = "number"
check = "a"
objective = 1
stem = "How many?"
answer = 1200
unit = "people"
feedback = "Yes."
otherwise = "Count again."
mistake = [{ value = 12, feedback = "In hundreds." }]

[[item]]
id = "77-order"
type = "order"
check = "a"
objective = 1
stem = "Which first?"
step = [
  { text = "bake", feedback = "Before eating." },
  { text = "eat", feedback = "After baking." },
  { text = "wash", feedback = "Last." },
]

[[item]]
id = "77-pairs"
type = "match"
check = "a"
objective = 1
stem = "What to what?"
extra = ["z"]
pair = [
  { text = "a", match = "x", feedback = "A." },
  { text = "b", match = "y", feedback = "B." },
]

[[item]]
id = "77-cells"
type = "matrix"
check = "a"
objective = 1
stem = "Which?"
columns = ["H1", "H2"]
choices = ["C", "I"]
row = [
  { text = "piece", key = ["C", "I"], feedback = "Piece." },
  { text = "other", key = ["C", "C"], feedback = "Other." },
]
""",
    "made.toml",
)
MADE = {item.id: item for item in TYPES.items}


def order(*steps):
    """An answer that has the steps in this order."""
    item = MADE["77-order"]
    return [item.shuffled.index(step) for step in steps]


@pytest.mark.parametrize(
    ("name", "answers", "wanted"),
    [
        (
            "77-many",
            [([0, 1], 5), ([0], 4), ([0, 2], 3)],
            ("", "two", 7, 12, "Two.", "one / two", "left out"),
        ),
        ("77-many", [([0, 1, 2], 9), ([0], 4)], ("", "three", 9, 13, "Three.", "one / two", "chose")),
        (
            "77-rows",
            [([0, 0], 2), ([2, 1], 6), ([2, None], 1)],
            ("first", "open", 7, 9, "Not open.", "yes", "chose"),
        ),
        ("77-rows", [([0, 0], 2), ([0, 1], 6)], ("second", "yes", 2, 8, "Second.", "no", "chose")),
        (
            "77-word",
            [("claim", 3), ("FACT", 2), ("Anna Smith", 9)],
            ("", "fact", 2, 14, "No fact.", "claim", "gave"),
        ),
        ("77-word", [("Anna Smith", 9)], ("", "another word", 9, 9, "Another.", "claim", "gave")),
        (
            "77-number",
            [("1200", 1), ("12", 3), ("12.0", 3), ("7", 5)],
            ("", "12 people", 6, 12, "In hundreds.", "1,200 people", "gave"),
        ),
        (
            "77-number",
            [("5000", 4), ("5 000", 1), ("8", 2), ("soon", 8)],
            ("", "5,000 people", 5, 15, "Count again.", "1,200 people", "gave"),
        ),
        (
            "77-number",
            [("4915123", 4), ("8", 2)],
            ("", "another number", 6, 6, "Count again.", "1,200 people", "gave"),
        ),
        (
            "77-order",
            [(order(1, 0, 2), 4), (order(0, 1, 2), 9), (order(2, 1, 0), 1)],
            ("bake", "place 2", 4, 14, "Before eating.", "place 1 of 3", "put it at"),
        ),
        ("77-pairs", [([0, 2], 3), ([0, 1], 1)], ("b", "z", 3, 4, "B.", "y", "chose")),
        (
            "77-cells",
            [([[0, 0], [0, 0]], 5), ([[1, 1], [0, 0]], 2)],
            ("piece (H2)", "C", 5, 7, "Piece.", "I", "chose"),
        ),
    ],
)
def test_the_slip_that_most_share_is_found(name, answers, wanted):
    """With the words of the bank, and by how many of how many."""
    found = distractors.most_frequent_misreading(MADE[name], answers)
    assert found == distractors.Misreading(*wanted)


@pytest.mark.parametrize("name", MADE)
def test_without_a_slip_there_is_none(name):
    """Everybody right, or nobody there."""
    item = MADE[name]
    assert distractors.most_frequent_misreading(item, []) is None
    assert distractors.most_frequent_misreading(item, [(items.key_answer(item), 9)]) is None


@pytest.mark.parametrize(
    "item",
    [item for stem in course.stems() for item in course.bank(stem).items if item.graded],
    ids=lambda i: i.id,
)
def test_no_typed_word_comes_back(item):
    """Whatever is typed, what is told are words of the bank, or that it was something else."""
    if isinstance(item, items.Number):
        found = distractors.most_frequent_misreading(item, [("0151234567", 4), ("Anna", 9)])
        assert "151" not in found.chosen.replace(",", "")
    elif isinstance(item, items.Word):
        assert distractors.most_frequent_misreading(item, [("Anna Smith", 99)]).chosen == "another word"
    else:
        assert distractors.decode_answer(item, "Anna Smith") is None
        assert distractors.decode_answer(item, "[" * 100_000) is None


def test_an_answer_of_the_table_is_read_again():
    """Places as JSON, typed texts as they are, nothing where it is something else."""
    assert distractors.decode_answer(MADE["77-many"], "[1,0]") == [0, 1]
    assert distractors.decode_answer(MADE["77-many"], "[7]") is None
    assert distractors.decode_answer(MADE["77-many"], "another answer") is None
    assert distractors.decode_answer(MADE["77-number"], "12") == "12"


def test_what_is_plain_text_in_a_bank_stays_so():
    """Choices, words and units are shown as they are, also where the page takes a slip for Markdown."""
    row = [
        items.GridRow("first", key="__init__", feedback="F."),
        items.GridRow("second", key="2*3*4", feedback="S."),
    ]
    grid = items.Grid(
        id="a", type="grid", check="c", objective=1, stem="?", choices=["__init__", "2*3*4"], row=row
    )
    slip = distractors.most_frequent_misreading(grid, [([1, 1], 3)])
    assert [str(render_markdown(text, inline=True)) for text in (slip.chosen, slip.right)] == [
        "2*3*4",
        "__init__",
    ]
    word = TYPES.items[2]
    answer = [*word.answer, items.Accepted("a*b*c", "No name.", key=False)]
    word = msgspec.structs.replace(word, answer=answer)
    slip = distractors.most_frequent_misreading(word, [("A*B*C", 2)])
    assert str(render_markdown(slip.chosen, inline=True)) == "a*b*c"
