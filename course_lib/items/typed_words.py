"""What a typed word counts as: the same however keyboards, word processors and systems write it."""

import functools
import unicodedata

# Signs that are typed for one another, by the one that stands for them all.
_ALIKE = {
    "'": "’‘‛ʼʻ´`′",
    '"': "“”„‟″",
    "-": "‐‑‒–—―−﹣",
    "...": "…",
}
_SIGNS = str.maketrans({sign: plain for plain, signs in _ALIKE.items() for sign in signs})
# What Unicode has twice for the sake of older encodings: wide and narrow letters, shapes of Arabic ones. Not
# digits set high or low, fractions and the like, which mean something else than the plain signs.
_SHAPES = ("<wide>", "<narrow>", "<initial>", "<medial>", "<final>", "<isolated>")
_TATWEEL = "\u0640"


def normalize_word(text: str, match_case: bool = False) -> str:
    """Return the form in which typed words are compared.

    Accents are composed; apostrophes, quotation marks and hyphens are one sign each; blanks of all kinds
    are one blank between words and none around them; what is not seen (soft hyphens, joiners, marks of
    direction, the stroke that lengthens Arabic words) is left out; ligatures, wide letters and shapes of
    Arabic letters are the letters that they stand for. Different letters stay different, as do digits set
    high or low.

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
    Unicode Standard Annex 15, Unicode Normalization Forms; The Unicode Standard, section 5.18, Case Mappings.

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
    is_ligature = tag == "<compat>" and len(letters) > 1 and letters.isalpha()
    return letters if tag in _SHAPES or is_ligature else sign


@functools.cache
def _seen_sign(sign: str) -> str:
    """Return nothing for what is not seen, a plain blank for a blank, anything else as it is."""
    if sign.isascii():
        return sign
    category = unicodedata.category(sign)
    if category == "Cf" or sign == _TATWEEL or "\ufe00" <= sign <= "\ufe0f":
        return ""
    return " " if category == "Zs" else sign
