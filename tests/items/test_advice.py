"""Advice to those who write questions fits the faults that are there."""

import pytest

from course_lib import items
from course_lib.items.advice import advice

HEAD = {"lesson": "99_bread", "title": "Bread", "question": "?", "minutes": 40, "activity_minutes": 5}


def bank(*asked):
    """A bank with these items."""
    return items.Bank(**HEAD, items=list(asked))


def single(number, texts, key, stem="Which?"):
    """A single choice whose right option stands at `key`."""
    return items.Single(
        id=f"99-{number}",
        type="single",
        check="c",
        objective=1,
        stem=stem,
        option=[items.Option(text, "f", at == key) for at, text in enumerate(texts)],
    )


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (
            single(1, ["a", "b"], 0, stem="Which of the following is bread?"),
            "b.toml, item '99-1': the stem leans on its options (“of the following”). "
            "Ask so that it can be answered before they are read.",
        ),
        (
            single(1, ["a", "All of the above"], 0),
            "b.toml, item '99-1', option 2: “All of the above” is chosen for its form. "
            "Write out what it stands for.",
        ),
        (
            single(1, ["a", "It never rises."], 0),
            "b.toml, item '99-1', option 2: “never” in a wrong option gives it away. "
            "Make the claim as careful as those of the other options.",
        ),
    ],
)
def test_a_usual_fault_is_remarked_on(item, said):
    """Word for word, with file, item and option."""
    assert advice(bank(item), "b.toml") == [said]


def number(**fields):
    """A question for a number."""
    common = {"id": "99-1", "type": "number", "check": "c", "objective": 1, "stem": "?"}
    return items.Number(**common, feedback="f", otherwise="o", **fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"answer": 8.508, "tolerance": 0.06},
            "the answer 8.508 is right within 0.06, and nothing tells how exact it is asked. "
            "Give decimals, which the page shows.",
        ),
        (
            {"answer": 40, "tolerance": 0.1},
            "the answer 40 is right within 0.1, and nothing tells how exact it is asked. "
            "Give decimals, which the page shows.",
        ),
        (
            {"answer": 0.25},
            "the answer 0.25 is right within 0, and nothing tells how exact it is asked. "
            "Give decimals, which the page shows.",
        ),
        (
            {"answer": 8.508, "tolerance": 0.01, "decimals": 1},
            "the answer 8.508 is right within 0.01, finer than its decimals = 1 tell. "
            "Give a tolerance of at least 0.05, or more decimals.",
        ),
        ({"answer": 8.508, "tolerance": 0.05, "decimals": 1}, ""),
        ({"answer": 8.5, "tolerance": 0, "decimals": 1}, ""),
        ({"answer": 31}, ""),
        ({"unit": "per cent"}, ""),
    ],
)
def test_a_tolerance_finer_than_the_question_tells_is_remarked_on(fields, said):
    """A count needs no word on how exact it is; what has to be rounded does."""
    assert advice(bank(number(**fields)), "b.toml") == [f"b.toml, item '99-1': {said}"] * bool(said)


def test_habits_are_remarked_on_when_there_is_enough_to_tell():
    """Five choices with the key always first and longest show two habits; four show none."""
    asked = [single(number, ["much longer", "short"], 0) for number in range(5)]
    assert advice(bank(*asked[:4]), "b.toml") == []
    assert advice(bank(*asked), "b.toml") == [
        "b.toml: the right option stands at place 1 in 5 of 5 single choices. Spread it.",
        "b.toml: the right option is the longest in 5 of 5 single choices. Write the others as fully.",
    ]


def test_careful_questions_get_no_advice():
    """Keys at different places, options of like length."""
    asked = [single(number, ["alpha", "gamma"], number % 2) for number in range(6)]
    assert advice(bank(*asked), "b.toml") == []
