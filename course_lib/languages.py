"""Languages: what is a tag for one, and which form of a message goes with a number in it.

The rules for numbers are CLDR's, as data, which is sent to pages as well. A page that asked its browser
would follow the browser's edition of CLDR and the browser's idea of the language, so that the same number
could read one way in a notebook and another in a widget.
"""

import functools
import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, cast

Operand = Literal["n", "i", "v", "w", "f", "t", "e"]
# RFC 5646, section 2.1, without what it keeps for later (languages of four to eight letters) and without tags
# that were registered whole.
_TAG = re.compile(
    r"([a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z\d]{5,8}|\d[a-z\d]{3}))*"
    r"(-[a-wy-z\d](-[a-z\d]{2,8})+)*(-x(-[a-z\d]{1,8})+)?|x(-[a-z\d]{1,8})+)",
    re.IGNORECASE,
)
# Those of CLDR; a language has some of them, and always the last.
FORMS = ("zero", "one", "two", "few", "many", "other")
_RELATION = re.compile(
    r"(?P<operand>[nivwfte]) (?:mod (?P<modulus>\d+) )?(?P<negated>not )?in (?P<ranges>[\d.,]+)"
)


class Relation(NamedTuple):
    """A condition on a number.

    Attributes
    ----------
    operand : str
        What of the number is compared, by CLDR's letters: n its absolute value, i the whole part of that, v
        and f the count and the value of its decimals, w and t the same without noughts at the end, e the
        power of ten that it is written with.
    modulus : int
        What the operand is divided by first, so that the rest counts; 0 where it is not.
    negated : bool
        Whether the number must lie in none of the ranges.
    ranges : sequence of pairs of int
        First and last whole number of each.
    """

    operand: Operand
    modulus: int
    negated: bool
    ranges: Sequence[tuple[int, int]]


# By form: alternatives, of which one must hold, each of relations that must hold all.
PluralRules = Mapping[str, Sequence[Sequence[Relation]]]

# Most courses need no other language, and Babel takes a while to import.
_ENGLISH: PluralRules = {"one": [[Relation("i", 0, False, [(1, 1)]), Relation("v", 0, False, [(0, 0)])]]}


def tag_fault(tag: str) -> str:
    """Return what is wrong with a tag for a language.

    Parameters
    ----------
    tag : str
        The tag, such as ``pt-BR``.

    Returns
    -------
    str
        What it is and what it may be meant for, as the rest of a sentence; empty where it has the form of
        BCP 47. Whether anybody speaks such a language is not asked.

    References
    ----------
    RFC 5646, Tags for Identifying Languages, section 2.1.

    Examples
    --------
    >>> tag_fault("pt_BR")
    "is 'pt_BR', which is no language tag as BCP 47 has them. Write 'pt-BR'."
    >>> tag_fault("pt-BR")
    ''
    """
    if _TAG.fullmatch(tag):
        return ""
    meant = _meant_tag(tag)
    remedy = f"Write '{meant}'." if meant else "Write for instance 'en', 'pt-BR' or 'ar'."
    return f"is {tag!r}, which is no language tag as BCP 47 has them. {remedy}"


def _meant_tag(tag: str) -> str:
    # As POSIX writes a locale: an underscore, then perhaps an encoding.
    tried = re.split(r"[.@]", tag.strip())[0].replace("_", "-")
    if _TAG.fullmatch(tried):
        return tried
    from babel import Locale

    names = Locale("en").languages
    return next((code for code, name in names.items() if name.casefold() == tried.casefold()), "").replace(
        "_", "-"
    )


def plural_rules(language: str) -> PluralRules:
    """Return the rules by which a language chooses the form that goes with a number.

    Parameters
    ----------
    language : str
        A tag as BCP 47 has it, such as ``pt-PT``. Where CLDR has no such language, that without its last
        subtag counts, and so on.

    Returns
    -------
    dict of str to list of list of Relation
        By form: alternatives, of which one must hold, each of relations that must hold all. A number that
        fits none takes the form ``other``, every number of a language that CLDR has no rules for.

    References
    ----------
    Unicode Technical Standard 35, part 3, Language Plural Rules, in the edition that Babel has.

    Examples
    --------
    >>> plural_rules("en")["one"]
    [[Relation(operand='i', modulus=0, negated=False, ranges=[(1, 1)]), \
Relation(operand='v', modulus=0, negated=False, ranges=[(0, 0)])]]
    >>> plural_rules("ja")
    {}
    """
    if language.split("-")[0].lower() == "en":
        return _ENGLISH
    return _cldr_rules(language)


def plural_form(rules: PluralRules, number: float) -> str:
    """Return the form that goes with a number.

    Parameters
    ----------
    rules : dict of str to list of list of Relation
        As from `plural_rules`.
    number : float
        The number; one without decimals counts as whole, as a page writes it.

    Returns
    -------
    str
        One of `FORMS`.

    Examples
    --------
    >>> [plural_form(plural_rules("pl"), number) for number in (1, 3, 12, 1.5)]
    ['one', 'few', 'many', 'other']
    """
    if not math.isfinite(number):
        return "other"
    operands = _operands(number)
    for form, alternatives in rules.items():
        if any(all(_holds(relation, operands) for relation in relations) for relations in alternatives):
            return form
    return "other"


def _operands(number: float) -> dict[str, float]:
    whole, _, decimals = (str(int(number)) if number == int(number) else _digits(number)).partition(".")
    trailing = decimals.rstrip("0")
    return {
        "n": abs(number),
        "i": abs(int(whole)),
        "v": len(decimals),
        "w": len(trailing),
        "f": int(decimals or 0),
        "t": int(trailing or 0),
        "e": 0,
    }


def _digits(number: float) -> str:
    return format(Decimal(repr(float(number))), "f")


def _holds(relation: Relation, operands: Mapping[str, float]) -> bool:
    value = operands[relation.operand]
    if relation.modulus:
        value %= relation.modulus
    is_inside = value == int(value) and any(low <= value <= high for low, high in relation.ranges)
    return is_inside is not relation.negated


@functools.cache
def _cldr_rules(language: str) -> PluralRules:
    from babel import Locale, UnknownLocaleError

    subtags = language.split("-")
    for length in range(len(subtags), 0, -1):
        try:
            rules = Locale.parse("-".join(subtags[:length]), sep="-").plural_form.rules
        except (UnknownLocaleError, ValueError):
            continue
        return {
            form: [
                [_relation(text) for text in alternative.split(" and ")]
                for alternative in rules[form].split(" or ")
            ]
            for form in FORMS
            if form in rules
        }
    return {}


def _relation(text: str) -> Relation:
    match = _RELATION.fullmatch(text)
    if match is None:
        raise ValueError(f"Babel has a plural rule of a kind that is not known here: {text!r}")
    ranges = []
    for part in match["ranges"].split(","):
        low, _, high = part.partition("..")
        ranges.append((int(low), int(high or low)))
    operand = cast(Operand, match["operand"])
    return Relation(operand, int(match["modulus"] or 0), match["negated"] is not None, ranges)
