"""The errors' shared sentence."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from course_lib import errors


def test_an_unknown_name_is_answered_with_the_nearest_ones():
    """The sentence says what was given, what comes near and what exists."""
    sentence = errors.nearest("timelin", ["claims", "sources", "timeline"], "table")
    expected = "There is no table 'timelin'. Did you mean 'timeline'? There are: claims, sources, timeline."
    assert sentence == expected


def test_a_name_like_no_other_gets_no_guess():
    """Where nothing comes near, no name is suggested."""
    assert errors.nearest("xyz", ["claims"], "table") == "There is no table 'xyz'. There are: claims."


def test_a_long_list_of_names_is_cut_and_counted():
    """Twelve names are shown and the rest is counted, so that the sentence stays readable."""
    names = [f"name{number:02}" for number in range(15)]
    assert errors.nearest("zzz", names, "source") == (
        "There is no source 'zzz'. There are: name00, name01, name02, name03, name04, name05, name06, "
        "name07, name08, name09, name10, name11 and 3 more."
    )


@pytest.mark.parametrize("many", [12, 13, 14])
def test_a_list_is_not_cut_for_a_name_or_two(many):
    """Where fewer than three would be left out, all are named."""
    names = [f"n{number:02}" for number in range(many)]
    assert errors.nearest("zzz", names, "source") == (
        f"There is no source 'zzz'. There are: {', '.join(names)}."
    )
    assert "n11" in errors.nearest("zzz", names, "source")


def test_an_item_error_lists_every_fault():
    """All faults of a question bank arrive at once, one sentence each."""
    error = errors.ItemError(["first fault.", "second fault."])
    assert error.faults == ["first fault.", "second fault."]
    assert str(error) == "first fault.\nsecond fault."


def test_one_base_catches_every_error_of_the_course():
    """A reader of the code needs one name to catch them all."""
    kinds = (
        errors.SetupError,
        errors.EvidenceError,
        errors.ItemError,
        errors.MethodError,
        errors.ProgressError,
    )
    assert all(issubclass(kind, errors.CourseError) for kind in kinds)


def test_a_notebook_shows_the_sentence_alone(tmp_path, capsys):
    """Not the thirty lines of the library that led to it, which tell a student nothing."""
    quiet = Config({"HistoryManager": {"enabled": False}})
    shell = InteractiveShell(ipython_dir=str(tmp_path), config=quiet)
    code = "from course_lib.errors import ItemError\nraise ItemError('There is no file bread.json.')"
    assert not shell.run_cell(code).success
    assert capsys.readouterr().out.strip() == "ItemError: There is no file bread.json."
