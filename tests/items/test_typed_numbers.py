"""What a typed number can mean, and that nothing wrong is right in any way of writing it."""

import math
import unicodedata

import pytest
from babel.localedata import load, locale_identifiers
from hypothesis import given, settings
from hypothesis import strategies as st

from course_lib import items
from course_lib.curriculum import course
from course_lib.html.feedback import message_html
from course_lib.items.grading_numbers import asked_decimals

BANKS = (*course.stems(), "before", "after")
ASKED = [
    item
    for stem in BANKS
    for item in course.bank(stem).items
    if isinstance(item, items.Number) and item.graded
]


def number(**fields):
    """A question for a number with the usual rest."""
    common = {"id": "01-a", "type": "number", "check": "c", "objective": 1, "stem": "?"}
    return items.Number(**common, feedback="yes", otherwise="no", **fields)


def told(item, typed):
    """The state of an answer, and what is said of it."""
    result = items.grade(item, items.valid_answer(item, typed))
    (note,) = result.notes
    message = str(message_html(note.message)) if note.message else ""
    return result.state, f"{message} {note.text}".strip()


ROUNDED = "Right, but rounded more coarsely than asked: give it to 1 decimal place."
UNREAD = "“{}” could not be read as a number. Write it in figures, for instance 12.5 or 12,5."
RATE = number(answer=15, tolerance=0.05, decimals=0, unit="per 1,000 words")
CLAIMS = number(answer=2, unit="claims")
KAPPA = number(answer=0.5, tolerance=0.005, decimals=2, mistake=[items.Mistake(0.25, "above luck")])
SHARE = number(answer=40, tolerance=0.1, decimals=0, unit="per cent")
RATIO = number(answer=8.5, tolerance=0.06, decimals=1, unit="times")
PEOPLE = number(answer=166396, unit="people")


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("7,5", [7.5]),
        ("1.234", [1.234, 1234]),
        ("1,234", [1.234, 1234]),
        ("1 234,5", [1234.5]),
        ("1\u00a0234", [1234]),
        ("1\u202f234.5", [1234.5]),
        ("1\u2009234\u2009567", [1234567]),
        ("1'234", [1234]),
        ("1’234.5", [1234.5]),
        ("1.234.567,8", [1234567.8]),
        ("1,234,567.8", [1234567.8]),
        ("12,34,567", [1234567]),
        ("1,23,456.5", [123456.5]),
        ("0.015", [0.015]),
        ("0,015", [0.015]),
        ("0 015", []),
        ("01,234", [1.234]),
        ("1 2 3", []),
        ("12,34,56", []),
        ("1234,567,890", []),
        ("-3.5", [-3.5]),
        ("−3.5", [-3.5]),
        ("– 3,5", [-3.5]),
        ("+3.5", [3.5]),
        ("3–5", []),
        ("1/3", [1 / 3]),
        ("1 1/2", [1.5]),
        ("2½", [2.5]),
        ("½", [0.5]),
        ("−¾", [-0.75]),
        ("1⁄4", [0.25]),
        ("1/0", []),
        ("1/2/3", []),
        ("1e3", [1000]),
        ("1.5E-3", [0.0015]),
        ("1.234e3", [1234]),
        ("1e999", []),
        ("٣٫٥", [3.5]),
        ("۳٫۵", [3.5]),
        ("1٬234", [1234]),
        ("١٬٢٣٤٫٥", [1234.5]),
        ("\u200f−٣", [-3]),
        ("१२.५", [12.5]),
        ("３．５", [3.5]),
        ("5²", []),
        ("15.", [15]),
        (".5", [0.5]),
        ("", []),
        (".", []),
        ("-", []),
        ("soon", []),
        ("15 apples", []),
    ],
)
def test_what_a_typed_text_can_mean(typed, values):
    """Signs of several countries and scripts are read; a group of thousands never begins with 0."""
    assert items.read_number(typed).values == pytest.approx(tuple(values))


@pytest.mark.parametrize("sign", ["%", " %", "\u00a0%", "٪", "％", " per cent", " percent"])
def test_a_sign_for_per_cent_is_told_apart_from_the_number(sign):
    """It changes no number, and may stand where the unit is per cent, in whatever way that is written."""
    for unit in ("per cent", "%", "percent", ""):
        read = items.read_number(f"35{sign}", unit)
        assert (read.values, read.per_cent, read.fraction) == ((35,), True, False)
    assert items.read_number("1/3").fraction


def percent_patterns():
    """How CLDR writes so many per cent, in all its languages: a set of patterns."""
    return {
        pattern
        for name in locale_identifiers()
        for forms in load(name).get("unit_patterns", {}).get("concentr-percent", {}).values()
        if isinstance(forms, dict)
        for pattern in forms.values()
    }


def test_per_cent_is_read_in_the_words_of_all_languages():
    """Before or behind the number, in capitals, decomposed; a share with them is no more right than one."""
    patterns = {pattern for pattern in percent_patterns() if "{0}" in pattern}
    assert len(patterns) > 100
    for pattern in [*patterns, "{0} на сто", "{0} بالمئة", "{0} pct.", "{0}Prozent"]:
        for typed in (pattern.format("35"), unicodedata.normalize("NFD", pattern.format("۳۵"))):
            read = items.read_number(typed, "per cent")
            assert (read.values, read.per_cent) == ((35,), True), typed
        assert items.read_number(pattern.format("35").title(), "%").values == (35,), pattern
        assert items.grade(SHARE, pattern.format("0.4")).state == "not_yet", pattern
        assert items.grade(KAPPA, pattern.format("0.5")).state == "not_yet", pattern
        assert items.read_percent(pattern.format("0.7")).values == (0.7,), pattern


@pytest.mark.parametrize(
    ("typed", "unit", "values"),
    [
        ("15/100", "per cent", (15,)),
        ("15 / 100", "% of all", (15,)),
        ("15 per 100", "per cent", (15,)),
        ("2.5 in 100", "per cent", (2.5,)),
        ("7 per hundred", "per cent", (7,)),
        ("7 out of a hundred", "per cent", (7,)),
        ("15/100 %", "per cent", (0.15,)),
        ("15/1000", "per cent", (0.015,)),
        ("1/2/100", "per cent", ()),
        ("1/2 of 100", "per cent", ()),
        ("15 per 1000", "per cent", ()),
        ("15/100", "", (0.15,)),
        ("15 per 100", "claims", ()),
        ("year 2021", "(year)", (2021,)),
        ("in 2021", "(year)", (2021,)),
        ("In the year 2021", "", (2021,)),
        ("in 21", "(year)", ()),
        ("in 2021", "claims", ()),
        ("claims: 2", "claims", (2,)),
        ("= 2", "claims", (2,)),
        ("reports 2", "claims", ()),
        ("per 1,000 words 15", "per 1,000 words", ()),
    ],
)
def test_what_stands_beside_a_number_says_what_it_is(typed, unit, values):
    """So many of a hundred where per cent is asked; the unit or the words for a year before the number."""
    assert items.read_number(typed, unit).values == values


@pytest.mark.parametrize(
    ("unit", "typed", "value"),
    [
        ("claims", "2 claims", 2),
        ("claims", "2 claim", 2),
        ("claims", "2 Claims.", 2),
        ("vetoes", "1 veto", 1),
        ("countries", "1 country", 1),
        ("(year)", "2021 (year)", 2021),
        ("per 1,000 words", "15 per 1000", 15),
        ("per 1,000 words", "15 per 1,000", 15),
        ("per 1,000 words", "15 per 1 000 words", 15),
        ("per 1,000 words", "15 per 1’000 words", 15),
        ("per 1,000 words", "15", 15),
        ("per cent of all", "15 % of all", 15),
        ("%", "15 per cent", 15),
    ],
)
def test_a_unit_that_stands_beside_the_field_may_be_typed_too(unit, typed, value):
    """Whole or its beginning, in the singular or the plural."""
    assert items.read_number(typed, unit).values == (value,)


@pytest.mark.parametrize(
    ("unit", "typed"),
    [
        ("claims", "2 days"),
        ("per 1,000 words", "15 per 100"),
        ("per 1,000 words", "15 words"),
        ("", "2 claims"),
    ],
)
def test_another_unit_is_no_part_of_a_number(unit, typed):
    """A number in another unit is another number, so it is not read."""
    assert items.read_number(typed, unit).values == ()


@pytest.mark.parametrize(
    ("item", "typed", "state", "feedback"),
    [
        (RATE, "0.015", "not_yet", "no"),
        (RATE, "0,015", "not_yet", "no"),
        (RATE, "15 per 1000", "right", "yes"),
        (RATE, "15,0", "right", "yes"),
        (CLAIMS, "2 claims", "right", "yes"),
        (CLAIMS, "2 %", "not_yet", "This number has no per cent: write 2 for “2 %”."),
        (KAPPA, "1/2", "right", "yes"),
        (KAPPA, "50%", "not_yet", "This number has no per cent: write 0.5 for “50%”."),
        (KAPPA, "0.5 %", "not_yet", "This number has no per cent: write 0.5 for “0.5 %”."),
        (KAPPA, "25٪", "not_yet", "This number has no per cent. above luck"),
        (KAPPA, "70 per cent", "not_yet", "This number has no per cent. no"),
        (SHARE, "0.4", "not_yet", "That is the share; as per cent it is 40."),
        (SHARE, "0,4", "not_yet", "That is the share; as per cent it is 40."),
        (SHARE, "2/5", "not_yet", "That is the share; as per cent it is 40."),
        (SHARE, "0.4 %", "not_yet", "no"),
        (SHARE, "40 %", "right", "yes"),
        (SHARE, "٤٠٪", "right", "yes"),
        (RATIO, "8.5083", "right", "yes"),
        (RATIO, "9", "not_yet", "Right, but rounded more coarsely than asked: give it to 1 decimal place."),
        (RATIO, "10", "not_yet", "no"),
        (
            RATIO,
            "8",
            "not_yet",
            "This is cut off, not rounded: give it to 1 decimal place, rounded.",
        ),
        (
            number(answer=8.58, tolerance=0.05, decimals=1),
            "8,5",
            "not_yet",
            "This is cut off, not rounded: give it to 1 decimal place, rounded.",
        ),
        (number(answer=8.58, tolerance=0.05, decimals=1), "8.4", "not_yet", "no"),
        (number(answer=-8.58, tolerance=0.05, decimals=1), "-9", "not_yet", ROUNDED),
        (
            number(answer=166996),
            "166,900",
            "not_yet",
            "This is cut off, not rounded: give it as a whole number.",
        ),
        (number(answer=31), "29", "not_yet", "no"),
        (SHARE, "40 Prozent", "right", "yes"),
        (SHARE, "0,4 Prozent", "not_yet", "no"),
        (SHARE, "40/100", "right", "yes"),
        (SHARE, "40 out of 100", "right", "yes"),
        (SHARE, "4/10", "not_yet", "That is the share; as per cent it is 40."),
        (KAPPA, "50/100", "right", "yes"),
        (KAPPA, "50 pour cent", "not_yet", "This number has no per cent: write 0.5 for “50 pour cent”."),
        (RATE, "15 per 100", "unanswered", UNREAD.format("15 per 100")),
        (
            number(answer=0.313, tolerance=0.006, decimals=2),
            "0.3",
            "not_yet",
            "Right, but rounded more coarsely than asked: give it to 2 decimal places.",
        ),
        (
            PEOPLE,
            "166,000",
            "not_yet",
            "Right, but rounded more coarsely than asked: give it as a whole number.",
        ),
        (PEOPLE, "200000", "not_yet", "no"),
        (number(answer=31), "30", "not_yet", "no"),
        (PEOPLE, "166,396", "right", "yes"),
        (PEOPLE, "166.396", "right", "yes"),
        (
            CLAIMS,
            "2,000",
            "unanswered",
            "“2,000” can be read as 2 or as 2000. Write the one that you mean.",
        ),
        (
            RATIO,
            "8,508",
            "unanswered",
            "“8,508” can be read as 8.5080 or as 8508. Write the one that you mean.",
        ),
    ],
)
def test_what_is_said_of_a_typed_number(item, typed, state, feedback):
    """A slip of the writing is told as that, and what can be right or wrong is asked about."""
    assert told(item, typed) == (state, feedback)


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("7,5", (7.5,)),
        ("7.5 %", (7.5,)),
        ("0.7", (0.7, 70)),
        ("0,7", (0.7, 70)),
        (".07", (0.07, 7)),
        ("0.7 %", (0.7,)),
        ("0,7 per cent", (0.7,)),
        ("1/3", (0.33, 33.33)),
        ("½", (0.5, 50)),
        ("1/3 %", (0.33,)),
        ("0", (0,)),
        ("1", (1,)),
        ("1,234", (1.234,)),
        ("100", (100,)),
        ("۷۰٪", (70,)),
        ("100.5", ()),
        ("-1", ()),
        ("", ()),
        ("likely", ()),
    ],
)
def test_a_probability_under_one_can_be_a_share(typed, values):
    """A sign for per cent settles it; what lies outside 0 to 100 is none."""
    read = items.read_percent(typed)
    assert read.values == pytest.approx(values)
    assert read.outside == (typed in ("100.5", "-1"))


def ways(value, unit):
    """Ways to write a number: decimal comma and point, groups, scripts, signs, the unit."""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    forms = {text, text.replace(".", ","), text.replace("-", "−"), text.replace("-", "–")}
    whole, _, decimals = text.lstrip("-").partition(".")
    sign = "−" if value < 0 else ""
    if len(whole) > 3:
        for group, decimal in ((",", "."), (".", ","), (" ", ","), ("\u202f", ","), ("'", "."), ("٬", "٫")):
            grouped = f"{int(whole):,}".replace(",", group)
            forms.add(sign + grouped + (decimal + decimals if decimals else ""))
    arabic = str.maketrans("0123456789.-", "٠١٢٣٤٥٦٧٨٩٫−")
    persian = str.maketrans("0123456789.-", "۰۱۲۳۴۵۶۷۸۹٫−")
    forms |= {text.translate(arabic), text.translate(persian), f" {text} "}
    if unit:
        forms |= {f"{form} {unit}" for form in set(forms)}
    if items.asks_per_cent(unit):
        forms |= {f"{form}%" for form in (text, text.translate(arabic))} | {f"{text}٪"}
        forms |= {f"{text} Prozent", f"{text.replace('.', ',')} pour cent", f"yüzde {text}", f"{text}/100"}
        forms |= {f"{text} per 100", f"{text} out of 100", f"{text.translate(arabic)} بالمائة"}
    if unit == "(year)" and len(text) == 4 and text.isdigit():
        forms |= {f"year {text}", f"in {text}", f"In the year {text}", f"{text.translate(persian)} (year)"}
    if unit.isalpha():
        forms |= {f"{unit}: {text}", f"{unit} = {text}"}
    forms.add(f"= {text}")
    return sorted(forms)


def near_any_key(item, value):
    """Whether a number is right by the bank's own tolerance."""
    keys = [(item.answer, item.tolerance), *((also.value, also.tolerance) for also in item.also)]
    return any(items.within_tolerance(value, key, tolerance) for key, tolerance in keys)


@pytest.mark.parametrize("item", ASKED, ids=lambda item: item.id)
@settings(max_examples=20)
@given(st.floats(-1, 1))
def test_right_numbers_are_right_and_slips_are_not(item, part):
    """In every way of writing: right within the tolerance; never ten, a hundred or a thousand times it.

    A slip that reads as the right number in another country's signs ("2,000" for 2) is asked about. Where a
    whole number is asked, a thousandth of it is one of these, since nobody counts 166.396 people.
    """
    value = round(item.answer + part * item.tolerance, max(asked_decimals(item), 3))
    if near_any_key(item, value):
        for typed in ways(value, item.unit):
            state = items.grade(item, items.valid_answer(item, typed)).state
            twofold = len(items.read_number(typed, item.unit).readings) > 1
            assert state == "right" or (twofold and state == "unanswered"), typed
    slips = [item.answer * factor for factor in (0.001, 0.01, 0.1, 10, 100, 1000)]
    # A decimal sign that slipped, a number cut off or rounded to what is coarser, one with the other sign.
    slips += [math.trunc(item.answer), round(item.answer, -1), round(item.answer, -2), -item.answer]
    for slip in slips:
        factor = slip / item.answer if item.answer else 1
        if near_any_key(item, slip):
            continue
        for typed in ways(slip, item.unit):
            state = items.grade(item, items.valid_answer(item, typed)).state
            counted = asked_decimals(item) == 0 and any(
                near_any_key(item, reading) and not math.isclose(reading, slip)
                for reading in items.read_number(typed, item.unit).values
            )
            assert state != "right" or (factor == 0.001 and counted), typed


@pytest.mark.parametrize("item", ASKED, ids=lambda item: item.id)
def test_a_sign_for_per_cent_makes_no_number_right(item):
    """Where per cent is asked a share with or without a sign is not right; elsewhere no number with one."""
    shares = [f"{item.answer / 100:.10g}", f"{item.answer / 100:.10g} %"]
    signs = [f"{item.answer * 100:.10g} %", f"{item.answer:.10g}%", f"{item.answer:.10g} per cent"]
    for slip in shares if items.asks_per_cent(item.unit) else signs:
        assert items.grade(item, slip).state == "not_yet", slip


@pytest.mark.parametrize("item", ASKED, ids=lambda item: item.id)
def test_groups_of_thousands_never_begin_with_nought(item):
    """The key behind a nought and a decimal sign is a thousandth, never the key."""
    whole = f"{abs(item.answer):.0f}"
    for sign in (".", ","):
        typed = f"0{sign}{whole.zfill(3)}"
        if not near_any_key(item, float(typed.replace(",", "."))):
            assert items.grade(item, typed).state != "right"


@given(st.floats(-1e9, 1e9).map(lambda value: float(f"{value:.12g}")))
def test_a_number_as_the_course_writes_it_is_read_in_one_way(value):
    """What a button puts into the field is asked about no more."""
    assert items.read_number(items.plain_number(value)).values == (value,)


@given(st.text(max_size=30), st.sampled_from(["", "per cent", "per 1,000 words", "claims"]))
def test_any_text_is_read_or_is_not(typed, unit):
    """Nothing that can be typed breaks the reader, and what it reads is finite."""
    assert all(math.isfinite(value) for value in items.read_number(typed, unit).values)
    assert all(0 <= value <= 100 for value in items.read_percent(typed).values)


@pytest.mark.parametrize("typed", ["1" * 400 + "/1", "1" * 5000 + "/3", "9" * 5000, "1e999"])
def test_a_number_beyond_all_measure_is_none(typed):
    """It is told as what cannot be read, in a question and in a forecast."""
    assert items.read_number(typed).readings == ()
    assert items.read_percent(typed).values == ()


@pytest.mark.parametrize("typed", ["%40", "% 40", "٪٤٠", "40%", "٤٠٪"])
def test_a_sign_for_per_cent_stands_before_or_behind(typed):
    """As the language has it; not on both sides."""
    number = items.read_number(typed, "per cent")
    assert (number.values, number.per_cent) == ((40.0,), True)
    assert items.read_number("%40%").readings == ()


def test_only_a_rounding_is_called_one():
    """Half goes up, and what lies far off is neither: 9 for 8.5, 8 is cut off, and 1 for 0.5 is wrong."""

    def message(answer, typed):
        item = items.Number(
            id="a", type="number", check="c", objective=1, stem="?", answer=answer, tolerance=0.01, decimals=1
        )
        (note,) = items.grade(item, typed).notes
        return note.message and note.message.key

    assert [message(8.5, typed) for typed in ("9", "8", "10")] == ["grading.rounded", "grading.cut_off", None]
    assert [message(0.5, typed) for typed in ("1", "0")] == [None, None]
    assert message(-8.5, "-9") == "grading.rounded"


def test_a_small_share_is_not_read_as_nothing():
    """Nor is nothing read with a sign."""
    assert items.read_percent("1/100000").values == (1e-05, 0.001)
    assert items.read_percent("1/3").values == (0.33, 33.33)
    assert str(items.read_percent("-0").values) == "(0.0,)"
