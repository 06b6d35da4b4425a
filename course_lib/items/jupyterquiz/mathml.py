"""Formulas in MathML: their LaTeX where they bring it along, else what they say, in signs on a line."""

from html.parser import HTMLParser

from course_lib.items.jupyterquiz.element_tree import Node

# How their authors name LaTeX.
_LATEX = frozenset({"application/x-tex", "application/x-latex", "tex", "latex", "text/x-tex", "text/latex"})
# Signs between the parts of an element; a part of more than one sign stands in brackets.
_BETWEEN = {"mfrac": "/", "msup": "^", "msub": "_", "munder": "_", "mover": "^"}
_TWO_ENDS = frozenset({"msubsup", "munderover"})
_ROWS = frozenset({"mtr", "mlabeledtr"})


class MathmlFormula:
    """What a formula in MathML says.

    Parameters
    ----------
    source : str
        From ``<math>`` to its end.

    Attributes
    ----------
    latex : str
        Its own LaTeX; empty where it has none.
    text : str
        The formula in signs on a line.
    is_block : bool
        Whether it stands on a line of its own.

    Examples
    --------
    >>> formula = MathmlFormula("<math><mfrac><mi>a</mi><msup><mi>b</mi><mn>2</mn></msup></mfrac></math>")
    >>> formula.latex, formula.text
    ('', 'a/(b^2)')
    """

    def __init__(self, source: str) -> None:
        reader = _MathReader()
        reader.feed(source)
        reader.close()
        (math,) = reader.root.find_all("math")
        self.latex = next(
            (
                " ".join(note.text().split())
                for note in math.find_all("annotation")
                if note.attributes.get("encoding", "").strip().lower() in _LATEX
            ),
            "",
        )
        self.text = _row(math.children)
        self.is_block = math.attributes.get("display", "").lower() == "block"


class _MathReader(HTMLParser):
    """Builds the tree of a formula; an element that is never closed ends with the one around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("div")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        place = next((at for at, node in enumerate(self._open) if at and node.tag == tag), 0)
        if place:
            del self._open[place:]

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def _row(children: "list[Node | str]") -> str:
    parts = (" ".join(child.split()) if isinstance(child, str) else _signs(child) for child in children)
    return "".join(parts)


def _signs(node: Node) -> str:
    parts = [child for child in node.children if isinstance(child, Node)]
    match node.tag:
        case "annotation" | "annotation-xml" | "mphantom":
            return ""
        case "mtext" | "ms":
            return f" {' '.join(node.text().split())} "
        case "mspace":
            return " "
        case "mroot" if len(parts) == 2:
            return f"{_signs(parts[1])}√{_part(parts[0])}"
        case "msqrt" | "mroot":
            return f"√{_in_brackets(_row(node.children))}"
        case tag if tag in _BETWEEN and len(parts) == 2:
            return f"{_part(parts[0])}{_BETWEEN[tag]}{_part(parts[1])}"
        case tag if tag in _TWO_ENDS and len(parts) == 3:
            return f"{_part(parts[0])}_{_part(parts[1])}^{_part(parts[2])}"
        case "mtable":
            return f"[{'; '.join(map(_signs, node.find_all(*_ROWS)))}]"
        case tag if tag in _ROWS:
            return ", ".join(map(_signs, parts))
        case _:
            return _row(node.children)


def _part(node: Node) -> str:
    return _in_brackets(_signs(node))


def _in_brackets(signs: str) -> str:
    signs = signs.strip()
    return signs if len(signs) <= 1 or signs.isalnum() else f"({signs})"
