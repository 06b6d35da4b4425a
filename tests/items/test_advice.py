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
