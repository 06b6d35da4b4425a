"""What a typed word counts as: the same however keyboards, word processors and systems write it."""

import functools
import re
import unicodedata

# Signs that are typed for one another, by the one that stands for them all: apostrophes as word processors,
# romanisations (hamza, ayn) and other alphabets have them, quotation marks, points of an ellipsis. Every dash
# of Unicode (its category Pd) and the minus sign are one hyphen.
_ALIKE = {
    "'": "’‘‛ʼʻʽʾʿˈ´`′ʹ\u055a\u05f3\ua78b\ua78c",
    '"': "“”„‟″ʺ\u05f4",
    "-": "−⁃",
    "...": "…",
}
_SIGNS = str.maketrans({sign: plain for plain, signs in _ALIKE.items() for sign in signs})
# What Unicode has twice for the sake of older encodings: wide and narrow letters, shapes of Arabic ones. Not
# digits set high or low, fractions and the like, which mean something else than the plain signs.
_SHAPES = ("<wide>", "<narrow>", "<initial>", "<medial>", "<final>", "<isolated>", "<small>")
# Not seen though they are no format characters: what only joins, fills or chooses a shape. Unicode's property
# Default_Ignorable_Code_Point, which `unicodedata` lacks; and the stroke that lengthens Arabic words.
_UNSEEN = re.compile(
    "[\u034f\u0640\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# Format characters that are seen: signs for years, numbers and verses around the digits that follow.
_SEEN_FORMAT = re.compile("[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd]")


def normalize_word(text: str, match_case: bool = False) -> str:
    """Return the form in which typed words are compared.

    Accents are composed; apostrophes, quotation marks and hyphens are one sign each; blanks of all kinds
    are one blank between words and none around them; what is not seen (soft hyphens, joiners, marks of
    direction, the stroke that lengthens Arabic words) is left out; ligatures, wide letters and shapes of
    Arabic letters are the letters that they stand for, and digits of any script the digits 0 to 9. Different
    letters stay different, such as the Arabic and the Persian yeh and kaf, as do digits set high or low:
    Unicode's form NFKC, which makes 2² of 22, goes too far.

    Parameters
    ----------
    text : str
        What was typed, or what is expected.
    match_case : bool, default False
        Whether capital and small letters differ.

    Returns
    -------
    str
        For comparing, not for showing.

    References
    ----------
    Unicode Standard Annex 15, Unicode Normalization Forms; Annex 44, Unicode Character Database; The Unicode
    Standard, section 5.18, Case Mappings.

    Examples
    --------
    >>> normalize_word("Don’t  STOP") == normalize_word("don't stop")
    True
    >>> normalize_word("Lome\u0301"), normalize_word("twenty‑one"), normalize_word("CO²")
    ('lomé', 'twenty-one', 'co²')
    """
    letters = unicodedata.normalize("NFC", "".join(map(_letters, text)))
    seen = "".join(map(_seen_sign, letters))
    if not match_case:
        # A capital I with its dot would keep the dot as a mark on the small one.
        seen = seen.casefold().replace("i\u0307", "i")
    return " ".join(unicodedata.normalize("NFC", seen).translate(_SIGNS).split())


@functools.cache
def _letters(sign: str) -> str:
    """Return the letters that a ligature or a letter's other shape stands for, or the sign itself."""
    tag = unicodedata.decomposition(sign).partition(" ")[0]
    letters = unicodedata.normalize("NFKC", sign)
    return letters if tag in _SHAPES or (tag == "<compat>" and letters.isalpha()) else sign


@functools.cache
def _seen_sign(sign: str) -> str:
    """Return nothing for what is not seen, the plain blank, hyphen or digit for others of their kind."""
    if sign.isascii():
        return sign
    category = unicodedata.category(sign)
    if (category == "Cf" and not _SEEN_FORMAT.match(sign)) or _UNSEEN.match(sign):
        return ""
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    return {"Zs": " ", "Pd": "-"}.get(category, sign)
