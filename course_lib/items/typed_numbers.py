"""What a number typed into a field can mean, and when it counts as another."""

import math
import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from course_lib.items.percent_words import PERCENT_WORDS

# Signs of other keyboards, as the one that is read; of two that look alike the one of ASCII.
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("−–‒‐‑﹣－", "-"),
        "＋": "+",
        **dict.fromkeys("٪％﹪", "%"),
        **dict.fromkeys("’‘ʼ＇", "'"),
        **dict.fromkeys("⁄∕／", "/"),
        "，": ",",
        "．": ".",
    }
)
_DECIMAL, _GROUP = "\u066b", "\u066c"
_LETTER = r"[^\W\d_]"
_WORDS = "|".join(map(re.escape, sorted(PERCENT_WORDS, key=len, reverse=True)))
_PERCENT_WORD = re.compile(rf"(?<!{_LETTER})(?:{_WORDS})\.?(?!{_LETTER})", re.IGNORECASE)
_PERCENT = re.compile(r"\s?%")
# Where per cent is asked, so many of a hundred are as many per cent; not a fraction of it.
_OF_HUNDRED = re.compile(
    r"(?P<number>\A[^/]*\d)\s?(?:/|\b(?:per|out of|of|in(?: every)?)\b)\s?"
    r"(?:100|(?:a |one )?hundred)\.?\Z",
    re.IGNORECASE,
)
# What stands before a number: its unit, or what a year is named with.
_LEAD = re.compile(rf"(?P<words>(?:{_LETTER}+[ :=]+){{0,3}})=? ?(?=[+-]? ?[.,]?\d)")
_YEAR_WORDS = frozenset({"in", "the", "year"})
_SHAPE = re.compile(
    # Before the number, as Turkish writes it.
    r"(?P<before>%\s?)?(?P<sign>[+-]?)\s?(?:(?:(?P<whole>\d+)\s)?(?P<over>\d+)\s?/\s?(?P<under>\d+)"
    rf"|(?P<digits>[.,{_DECIMAL}]?\d(?:[\d.,'{_DECIMAL}{_GROUP} ]*[\d.,{_DECIMAL}])?)"
    r"(?P<power>e[+-]?\d{1,3})?)"
    rf"(?P<percent>{_PERCENT.pattern})?(?P<rest>(?![\d/]).*)",
    re.IGNORECASE,
)
_DECIMALS = rf"(?:[.,{_DECIMAL}](?P<decimals>\d*|\d{{3}}(?: \d{{3}})*(?: \d{{1,3}})?))?"
_PLAIN = re.compile(rf"(?P<whole>\d*){_DECIMALS}")
# No group of thousands begins with 0: whoever types 0.015 or 0,015 means a part of one. Where a sign groups,
# it cannot be the decimal sign of the same number.
_GROUPED = tuple(
    re.compile(rf"(?P<whole>[1-9]\d{{0,2}}(?:{sign}\d{{3}})+)(?!{sign}){_DECIMALS}")
    for sign in (",", r"\.", "'", " ", _GROUP)
)
# As India groups: 12,34,567. Nothing else is written so, for a decimal sign stands once and groups of
# thousands have three digits, so that reading it takes no other reading away.
_INDIAN = re.compile(rf"(?P<whole>[1-9]\d?(?:([,{_GROUP}])\d\d)(?:\2\d\d)*\2\d{{3}})(?!\2){_DECIMALS}")
# Nobody types more digits, and what is far longer is no floating-point number.
_LONGEST_FRACTION = 100
# A unit with one or two letters more or less is the same: claim and claims, veto and vetoes.
_ENDING = 2


class Reading(NamedTuple):
    """One number that a typed text can mean, and how many decimals of it were written."""

    value: float
    decimals: int


class TypedNumber(NamedTuple):
    """What was read of a typed text.

    `readings` are the numbers that it can mean: none, one, or two where a sign can be read in two ways.
    `per_cent` whether a sign or word for per cent stood there, which changes no number; `fraction` whether
    it was written as a fraction.
    """

    readings: tuple[Reading, ...] = ()
    per_cent: bool = False
    fraction: bool = False

    @property
    def values(self) -> tuple[float, ...]:
        """The numbers alone."""
        return tuple(reading.value for reading in self.readings)


def read_number(text: str, unit: str = "") -> TypedNumber:
    """Return the numbers that a typed text can mean.

    Decimal comma and point, thousands grouped by comma, point, space or apostrophe (and as in India), signs,
    per cent, fractions, powers of ten and the digits of all scripts are understood. In "1,234" the comma may
    be a decimal sign or may group thousands, so both numbers are returned. A unit that stands beside the
    field may be typed too, or the beginning of one, in the singular or the plural; per cent in the words of
    all languages of CLDR.

    babel's `parse_decimal` is not enough: it reads by one locale, while nobody knows by which a student
    writes; its `ar` refuses the Arabic digits and signs; it takes "0,015" for 15, groups of any length, and
    neither per cent nor fractions nor units.

    Parameters
    ----------
    text : str
        What was typed.
    unit : str, optional
        What stands beside the field.

    Returns
    -------
    TypedNumber
        With finite numbers; a sign for per cent changes none of them.

    Examples
    --------
    >>> [read_number(text).values for text in ("1 234,5", "−3.5", "20 %", "1,234", "0,015", "soon")]
    [(1234.5,), (-3.5,), (20.0,), (1.234, 1234.0), (0.015,), ()]
    >>> [read_number(text).values for text in ("٣٫٥", "1٬234", "12,34,567", "1 1/2", "2½")]
    [(3.5,), (1234.0,), (1234567.0,), (1.5,), (2.5,)]
    >>> read_number("15 per 1000", "per 1,000 words").values, read_number("2 pears", "claims").values
    ((15.0,), ())
    >>> read_number("15/100", "per cent").values, read_number("in 2021", "(year)").values
    ((15.0,), (2021.0,))
    >>> read_number("35٪").per_cent, read_number("yüzde 35").per_cent, read_number("1/3").fraction
    (True, True, True)
    """
    plain = _without_lead(_plain_text(text), unit)
    if asks_per_cent(unit):
        plain = _OF_HUNDRED.sub(r"\g<number> %", plain)
    if not (shape := _SHAPE.fullmatch(plain)) or not _is_unit(shape, unit):
        return TypedNumber()
    if shape["before"] and shape["percent"]:
        return TypedNumber()
    readings = _fraction(shape) if shape["over"] else _readings(shape)
    per_cent = bool(shape["before"] or shape["percent"])
    return TypedNumber(readings, per_cent, bool(readings and shape["over"]))


def asks_per_cent(unit: str) -> bool:
    """Tell whether a unit is per cent, as a sign or as the word.

    Parameters
    ----------
    unit : str
        What stands beside a field.

    Returns
    -------
    bool
        Whether a number with a sign for per cent fits it.

    Examples
    --------
    >>> [asks_per_cent(unit) for unit in ("per cent", "%", "٪", "percent of all", "times", "")]
    [True, True, True, True, False, False]
    """
    return bool(_PERCENT.match(_plain_text(unit)))


class TypedPercent(NamedTuple):
    """What was read of a typed probability: the per cent that can be meant, 0 to 100.

    `values` are none, one, or several of which the student is to choose; `outside` whether there was a number
    and none of them lies there.
    """

    values: tuple[float, ...] = ()
    outside: bool = False


def read_percent(text: str) -> TypedPercent:
    """Return the probabilities that a typed text can mean, in per cent.

    A number between 0 and 1 can be a share, or less than one per cent; a sign for per cent settles it. A
    fraction up to 1 is taken in the same way.

    Parameters
    ----------
    text : str
        What was typed.

    Returns
    -------
    TypedPercent
        With the number as it was written first.

    Examples
    --------
    >>> [read_percent(text).values for text in ("7,5", "0,7", "0.7 %", "1/3", "1", "1,234")]
    [(7.5,), (0.7, 70.0), (0.7,), (0.33, 33.33), (1.0,), (1.234,)]
    >>> read_percent("140"), read_percent("soon")
    (TypedPercent(values=(), outside=True), TypedPercent(values=(), outside=False))
    """
    number = read_number(text, "%")
    percents = []
    for value in number.values:
        percents.append(value)
        if not number.per_cent and (0 < value < 1 or (number.fraction and value == 1)):
            percents.append(100 * value)
    # A third has no end; and what remains of a sum in floating point is no part of the number.
    places = 2 if number.fraction else 10
    possible = (percent for percent in percents if 0 <= percent <= 100)
    # Not 0 for what is more, and 0 without a sign.
    rounded = ((round(percent, places) or float(f"{percent:.1g}")) + 0.0 for percent in possible)
    inside = tuple(dict.fromkeys(rounded))
    return TypedPercent(inside, bool(percents) and not inside)


def plain_number(value: float) -> str:
    """Return a number as `read_number` reads it in one way only.

    Parameters
    ----------
    value : float
        A finite number.

    Returns
    -------
    str
        Latin digits with a decimal point and without groups.

    Examples
    --------
    >>> [plain_number(value) for value in (7.5, 1234.0, 1.234, 0.1 + 0.2)]
    ['7.5', '1234', '1.2340', '0.3']
    """
    text = f"{value:.12g}"
    return text if len(read_number(text).readings) < 2 else f"{text}0"


def _plain_text(text: str) -> str:
    """Return a text with the digits and signs of ASCII, with single spaces, and with signs for per cent."""
    parts = []
    for sign in text.translate(_SIGNS):
        decimal = unicodedata.decimal(sign, None)
        if decimal is not None:
            parts.append(str(decimal))
        elif "<fraction>" in unicodedata.decomposition(sign):
            # Written as two numbers; beside a whole number it is a number of its own.
            parts.append(f" {unicodedata.normalize('NFKC', sign).translate(_SIGNS)} ")
        # Marks of direction, which a keyboard or a copied number brings along, mean nothing here.
        elif unicodedata.category(sign) != "Cf":
            parts.append(sign)
    plain = unicodedata.normalize("NFC", " ".join("".join(parts).split()))
    return _PERCENT_WORD.sub("%", plain)


def _without_lead(text: str, unit: str) -> str:
    """Return a text without the unit or the words for a year before its number, or without an equals sign."""
    if not (lead := _LEAD.match(text)) or not lead[0]:
        return text
    words, rest = re.findall(rf"{_LETTER}+", lead["words"].casefold()), text[lead.end() :]
    known = _unit_words(unit)
    if all(any(_is_same_word(word, other) for other in known) for word in words):
        return rest
    names_year = set(words) <= _YEAR_WORDS and (not known or "year" in known)
    return rest if names_year and re.fullmatch(r"\d{4}", rest) else text


def _fraction(shape: re.Match[str]) -> tuple[Reading, ...]:
    if sum(len(shape[part] or "") for part in ("whole", "over", "under")) > _LONGEST_FRACTION:
        return ()
    over, under = int(shape["over"]), int(shape["under"])
    if not under:
        return ()
    value = int(shape["whole"] or 0) + Fraction(over, under)
    return (Reading(float(-value if shape["sign"] == "-" else value), 0),)


def _readings(shape: re.Match[str]) -> tuple[Reading, ...]:
    found: dict[float, Reading] = {}
    # Beside a power of ten nobody groups.
    for form in (_PLAIN,) if shape["power"] else (_PLAIN, *_GROUPED, _INDIAN):
        if not (match := form.fullmatch(shape["digits"])):
            continue
        whole = re.sub(r"\D", "", match["whole"])
        decimals = (match["decimals"] or "").replace(" ", "")
        if not whole and not decimals:
            continue
        power = shape["power"] or ""
        value = float(f"{shape['sign']}{whole or 0}.{decimals or 0}{power}")
        if math.isfinite(value):
            found.setdefault(value, Reading(value, max(0, len(decimals) - int(power[1:] or 0))))
    return tuple(found.values())


def _is_unit(shape: re.Match[str], unit: str) -> bool:
    """Tell whether what follows a number is nothing, or the unit or a beginning of it."""
    typed, known = _unit_words(shape["rest"]), _unit_words(unit)
    if shape["percent"] and asks_per_cent(unit):
        typed = _unit_words(f"% {shape['rest']}")
        known = _unit_words(_PERCENT.sub("%", _plain_text(unit), count=1))
    return len(typed) <= len(known) and all(map(_is_same_word, typed, known))


def _unit_words(text: str) -> list[str]:
    # Digits in a unit are compared as one number, however they are grouped.
    plain = re.sub(r"(?<=\d)[,.' \u066c](?=\d{3}(?!\d))", "", _plain_text(text))
    return re.findall(r"\d+|[^\W\d]+|[^\w\s().,;:]", plain.casefold())


def _is_same_word(typed: str, known: str) -> bool:
    short, long = sorted((typed, known), key=len)
    if typed.isdigit() or len(short) < 3:
        return typed == known
    if long.endswith("ies") and short == f"{long[:-3]}y":
        return True
    return long.startswith(short) and len(long) - len(short) <= _ENDING


def within_tolerance(value: float, wanted: float, tolerance: float) -> bool:
    """Tell whether a number counts as the wanted one.

    Parameters
    ----------
    value, wanted : float
        Two numbers in the same unit.
    tolerance : float
        How far they may lie apart, in that unit, 0 or more.

    Returns
    -------
    bool
        Whether they do not lie further apart.

    Examples
    --------
    >>> within_tolerance(0.1 + 0.2, 0.3, 0), within_tolerance(12, 10, 1)
    (True, False)
    """
    # A hair of slack, since 0.1 + 0.2 is not 0.3 in floating point.
    return abs(value - wanted) <= tolerance + 1e-9 * max(1.0, abs(wanted))
