"""The errors' shared sentence."""

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
    assert errors.nearest("zzz", names, "source").endswith("name11 and 3 more.")


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
