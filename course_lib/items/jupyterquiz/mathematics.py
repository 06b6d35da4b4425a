r"""Mathematics in foreign texts: found before anything else is read, so that nothing in it is taken for HTML.

jupyterquiz marks mathematics by `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and LaTeX's environments, with or without
spaces beside the signs; a browser draws MathML too.
"""

import html
import re
from dataclasses import dataclass, field

from course_lib.items.jupyterquiz.elements import HTML_TAGS
from course_lib.items.jupyterquiz.mathml import MathmlFormula

# What stands in braces belongs together, a dollar sign too: $\\text{if $x$}$. Nobody nests deeper.
_BRACES = r"\{(?:\\.|[^{}\\])*\}"
for _ in range(3):
    _BRACES = rf"\{{(?:\\.|[^{{}}\\]|{_BRACES})*\}}"
_FOUND = re.compile(
    r"(?P<environment>\\begin\{(?P<name>[A-Za-z]+\*?)\}.+?\\end\{(?P=name)\})"
    r"|(?<!\\)\$\$(?P<display>.+?)(?<!\\)\$\$"
    r"|\\\[(?P<brackets>.+?)\\\]"
    r"|\\\((?P<parentheses>.+?)\\\)"
    # Two may stand side by side: $x$$y$.
    rf"|(?<!\\)\$(?!\$)(?P<inline>(?:\\.|[^$\\{{]|{_BRACES})*?)\$"
    r"|(?P<dollar>\\\$|\$\$?)"
    r"|(?P<mathml>(?i:<math(?=[\s>])[^<>]*>.*?</math\s*>))",
    re.DOTALL,
)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?:\s+[\w:-]+\s*=[^<>]*)?\s*/?>")
_PRIVATE_USE = range(0xE000, 0xF8FF)


@dataclass(frozen=True)
class Formula:
    """A formula or a dollar sign as its file has it, and as it is shown.

    Attributes
    ----------
    source : str
        As its file has it.
    shown : str
        LaTeX between the signs of our Markdown, or plain text.
    is_formula : bool
        Whether it is LaTeX.
    """

    source: str
    shown: str
    is_formula: bool = True


@dataclass
class SetAside:
    """A text in which a short mark stands for each formula.

    Attributes
    ----------
    text : str
        The text with its marks.
    sign : str
        A sign that stands nowhere else in it, before and after the number of a formula.
    formulas : list of Formula
        In order.
    money : bool
        Whether dollar signs were read as money, where jupyterquiz would draw mathematics.
    remarks : list of str
        What else is to be told of formulas.
    """

    text: str
    sign: str
    formulas: list[Formula] = field(default_factory=list)
    money: bool = False
    remarks: list[str] = field(default_factory=list)

    def restore(self, text: str) -> str:
        """Return a part of the text with its formulas as the file has them.

        Parameters
        ----------
        text : str
            With marks.

        Returns
        -------
        str
            Without any.
        """
        return self.pattern.sub(lambda found: self.formulas[int(found[1])].source, text)

    @property
    def pattern(self) -> re.Pattern[str]:
        """What a mark looks like."""
        return re.compile(f"{self.sign}(\\d+){self.sign}")


def set_aside(source: str) -> SetAside:
    r"""Return a text with every formula and dollar sign replaced by a mark.

    Parameters
    ----------
    source : str
        HTML as its file has it.

    Returns
    -------
    SetAside
        The text, and what its marks stand for.

    Examples
    --------
    >>> [formula.shown for formula in set_aside(r"\( a<b \), $ \beta $, \[c\], $5 or $6").formulas]
    ['$a<b$', '$\\beta$', '$$c$$', '$', '$']
    """
    sign = next(chr(code) for code in _PRIVATE_USE if chr(code) not in source)
    aside = SetAside("", sign)
    place = 0
    while found := _FOUND.search(source, place):
        formula = _formula(found, aside)
        end = found.end()
        if formula is None:
            # Not mathematics: the first sign stands for itself, and what follows is looked at anew.
            if not found[0].startswith("$"):
                aside.text += source[place : found.start() + 2]
                place = found.start() + 2
                continue
            width = 2 if found["display"] else 1
            formula, end = Formula(found[0][:width], "$" * width, False), found.start() + width
        aside.text += f"{source[place : found.start()]}{sign}{len(aside.formulas)}{sign}"
        aside.formulas.append(formula)
        place = end
    aside.text += source[place:]
    return aside


def _formula(found: re.Match[str], aside: SetAside) -> Formula | None:
    if found["dollar"]:
        return Formula(found[0], found[0].removeprefix("\\"), False)
    if found["mathml"]:
        return _from_mathml(found[0], aside)
    inner = next(
        text
        for text in map(found.group, ("environment", "display", "brackets", "parentheses", "inline"))
        if text is not None
    )
    if not inner.strip() or any(tag[1].lower() in HTML_TAGS for tag in _TAG.finditer(inner)):
        return None
    if found["inline"] and _is_money(inner, found.string[found.end() : found.end() + 1]):
        aside.money = True
        return None
    signs = "$" if found["inline"] or found["parentheses"] else "$$"
    if found["inline"]:
        # In a text within a formula they begin another formula, which is drawn as a part of the text.
        inner = re.sub(r"(?<!\\)\$", "", inner)
    return Formula(found[0], _between(signs, html.unescape(inner)))


def _from_mathml(source: str, aside: SetAside) -> Formula:
    formula = MathmlFormula(source)
    if formula.latex:
        aside.remarks.append("a formula in MathML is drawn from the LaTeX that it brings along")
        return Formula(source, _between("$$" if formula.is_block else "$", formula.latex))
    text = " ".join(formula.text.split())
    aside.remarks.append(f"a formula in MathML is written on a line: {text!r}")
    return Formula(source, text, False)


def _between(signs: str, latex: str) -> str:
    latex = " ".join(latex.split())
    if (len(latex) - len(latex.rstrip("\\"))) % 2:
        # What was an escaped space would now escape the sign that ends the formula.
        latex += " {}"
    latex = re.sub(r"(?<!\\)\$", r"\\$", latex)
    return f"{signs}{latex}{signs}"


def _is_money(inner: str, following: str) -> bool:
    return inner[:1].isdigit() and inner[-1:].isspace() and bool(following.strip())
