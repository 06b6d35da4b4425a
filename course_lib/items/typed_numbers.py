"""What a number typed into a field can mean, and when it counts as another."""

import math
import re

_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>(?=.*\d)[\d.,]+)(?P<power>[eE][+-]?\d{1,3})?")


def parse_numbers(text: str) -> tuple[float, ...]:
    """Return the numbers that a typed text can mean: none, one, or two where a sign can be read in two ways.

    Decimal comma and point, grouped thousands, a sign and a percent sign are understood. In "1,234" the comma
    may be a decimal sign or may group thousands, so both numbers are returned and either may be the answer.

    Parameters
    ----------
    text : str
        What was typed.

    Returns
    -------
    tuple of float
        Finite numbers; a percent sign changes nothing.

    Examples
    --------
    >>> [parse_numbers(text) for text in ("1 234,5", "−3.5", "20 %", "1,234", "soon")]
    [(1234.5,), (-3.5,), (20.0,), (1.234, 1234.0), ()]
    """
    plain = re.sub(r"[\s\u00a0\u202f\u2009'’]", "", text).replace("−", "-").removesuffix("%")
    if not (match := _NUMBER.fullmatch(plain)):
        return ()
    sign, digits, power = match.group("sign"), match.group("digits"), match.group("power") or ""
    forms = []
    if re.fullmatch(r"\d*[.,]?\d*", digits):
        forms.append(digits.replace(",", "."))
    for group, decimal in ((",", "."), (".", ",")):
        if re.fullmatch(rf"\d{{1,3}}(\{group}\d{{3}})+(\{decimal}\d*)?", digits):
            forms.append(digits.replace(group, "").replace(decimal, "."))
    values = (float(sign + form + power) for form in forms)
    return tuple(dict.fromkeys(value for value in values if math.isfinite(value)))


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
