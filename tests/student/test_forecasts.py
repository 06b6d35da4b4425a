"""The student's forecasts: which are lodged, and what can be said of them before anything is known."""

from datetime import UTC, datetime, timedelta

import pytest

from course_lib import begin, evidence
from course_lib.curriculum import course
from course_lib.student import forecasts, progress


@pytest.fixture
def dialogue():
    """The lesson in which forecasts are made."""
    return begin("05_the_dialogue")


def lodge(dialogue, **percent):
    """Record forecasts as the page does."""
    asked = {item.id: item for item in dialogue.bank.items}
    for name, value in percent.items():
        item = asked[f"05-{name}"]
        dialogue.progress.record(item.id, item.version, "answer", value, None, "kept")


def test_every_forecast_has_its_row_lodged_or_not(dialogue):
    """Thirty rows in the order of the lesson; what was not lodged is missing, not zero."""
    lodge(dialogue, F01=70, F10=0)
    rows = dialogue.forecasts().set_index("forecast")
    assert len(rows) == 30
    assert rows["probability"].dropna().to_dict() == {"F01": 0.7, "F10": 0}
    assert rows["lodged"].notna().sum() == 2
    assert rows.loc["F30", "resolves"] == "2026-03-31"
    # A later lesson asks for the same rows.
    assert len(begin(course.stems()[-1]).forecasts()) == 30


@pytest.mark.parametrize("kept", ["80", None, [80], 500, -5, True])
def test_what_a_file_brought_back_holds_may_be_no_forecast(dialogue, kept):
    """It counts as not lodged, and can be lodged."""
    lodge(dialogue, F01=70, F02=kept)
    rows = dialogue.forecasts().set_index("forecast")
    assert rows["probability"].dropna().to_dict() == {"F01": 0.7}
    assert "05-F02" in {item.id for item in forecasts.open_forecasts(dialogue.bank.items, dialogue.progress)}
    assert str(dialogue.forecast_summary()).startswith("You have lodged 1 of 30 forecasts.")


def test_before_the_first_forecast_there_is_a_calm_sentence(dialogue):
    """How many there are, and what to do."""
    assert str(dialogue.forecast_summary()) == (
        "You have lodged 0 of 30 forecasts.\nLodge some, then run this cell again."
    )


def test_numbers_that_do_not_agree_are_named(dialogue):
    """Extremes, and a forecast above one that has to come with it."""
    lodge(dialogue, F08=30, F09=20, F29=0)
    assert str(dialogue.forecast_summary({"F08": "F09"})) == (
        "You have lodged 3 of 30 forecasts.\n"
        "Your mean is 17%; the lowest is 0%, the highest 30%.\n"
        "F29: 0 and 100 per cent say that nothing could surprise you. "
        "A forecast that is lodged stays; keep it in mind for the next one.\n"
        "F08 cannot happen without F09, yet you gave it more: 30% and 20%."
    )


@pytest.mark.parametrize("later", [20, 25])
def test_numbers_that_agree_are_left_alone(dialogue, later):
    """As much for the wider question as for the narrower one is no contradiction."""
    lodge(dialogue, F08=20, F09=later)
    assert "cannot happen without" not in str(dialogue.forecast_summary({"F08": "F09"}))


def test_forecasts_are_scored_where_both_are_known(dialogue):
    """Each question with its outcome and the evidence for it; what was not lodged stays without a number."""
    lodge(dialogue, F01=70, F09=20)
    tables = [evidence.table(name) for name in ("forecasts", "forecast_outcomes")]
    rows = forecasts.forecasts_with_outcomes(dialogue.forecasts(), *tables).set_index("id")
    assert len(rows) == 30
    assert rows.loc["F01", ["probability", "outcome"]].tolist() == [0.7, "yes"]
    assert rows.loc["F09", ["probability", "outcome"]].tolist() == [0.2, "unresolved"]
    assert rows["probability"].notna().sum() == 2
    assert rows["evidence"].notna().all()
    # Lesson 5 stands before all outcomes.
    assert dialogue.forecasts_with_outcomes().empty


def test_what_is_lodged_after_the_outcomes_were_opened_is_marked(dialogue, monkeypatch):
    """It stays on record, and gets no number where forecasts are scored."""
    moments = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=n) for n in range(9))

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return next(moments)

    monkeypatch.setattr(progress, "datetime", Clock)
    assert forecasts.outcomes_opened_at(dialogue.progress) is None
    lodge(dialogue, F01=70)
    dialogue.progress.record("10-open", "v1", "answer", 0, None, "kept")
    dialogue.progress.record("10-open", "v1", "draft", 1)
    lodge(dialogue, F04=20)
    assert forecasts.outcomes_opened_at(dialogue.progress) is None
    dialogue.progress.record("10-open", "v1", "answer", 2, None, "kept")
    lodge(dialogue, F06=90)
    rows = dialogue.forecasts().set_index("forecast")
    assert rows["probability"].dropna().to_dict() == {"F01": 0.7, "F04": 0.2, "F06": 0.9}
    assert rows.index[rows["late"]].tolist() == ["F06"]
    assert begin("10_the_gamble_scored").forecasts_with_outcomes()["probability"].notna().sum() == 2


def test_what_is_left_to_lodge(dialogue):
    """Forecasts only, and only those without a lodged number."""
    lodge(dialogue, F01=70)
    left = [item.id for item in forecasts.open_forecasts(dialogue.bank.items, dialogue.progress)]
    assert len(left) == 29
    assert "05-F01" not in left
