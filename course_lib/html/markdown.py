"""Markdown to HTML that is safe to show: one well-kept library renders it, another cleans what comes out."""

import functools
import html
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from course_lib import items

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# What Markdown can make and a question may need; everything else is taken out.
_TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "h4",
    "h5",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "ul",
}
# What browsers draw as mathematics themselves: no script, and readable for a screen reader.
_MATH = {"math", "mrow", "mi", "mo", "mn", "mfrac", "msup", "msub", "msubsup", "msqrt", "mroot", "mtext"}
_MATH |= {"mspace", "mover", "munder", "munderover", "mtable", "mtr", "mtd", "mstyle"}
# What Markdown has no sign for, or one that counts only beside certain others: let through, bare.
BARE_TAGS = frozenset(
    {
        "br",
        "code",
        "del",
        "em",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "strong",
        "sub",
        "sup",
        "u",
        "var",
    }
)
_BARE_TAG = re.compile(rf"<(?:/?(?:{'|'.join(sorted(BARE_TAGS - {'br'}))})|br ?/?)>")
_TABLE = {"table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "th": {"align"},
    "td": {"align"},
    "ol": {"start"},
    "math": {"display", "xmlns"},
    "mo": {"stretchy"},
}


_IMAGE = re.compile(r'<img\b(?:[^>"]|"[^"]*")*?\salt="([^"]*)"(?:[^>"]|"[^"]*")*>|<img\b(?:[^>"]|"[^"]*")*>')
# Letters and marks that mean nothing to Markdown: a text of these alone need not be rendered.
_PLAIN = re.compile(r"(?:[^\W_]|[.,;:?!()/%–—’“”… ])+")


def render_markdown(text: str, inline: bool = False, latex: bool = False) -> Markup:
    r"""Return Markdown as HTML that is safe to show; `[words](source:key)` links to a registered source.

    `$…$` is mathematics in LaTeX, `$$…$$` on a line of its own, and `\$` a dollar sign. A text of one line is
    a paragraph, where CommonMark would make "1972. It failed." a list that begins with 1972. Of HTML some
    tags without attributes mean something, such as `<sub>`: those in `BARE_TAGS`.

    Parameters
    ----------
    text : str
        Markdown, by whomever.
    inline : bool, default False
        Whether it is a part of a line, without paragraphs.
    latex : bool, default False
        Whether mathematics stays LaTeX, marked as learning platforms do; without it, it becomes MathML.

    Returns
    -------
    Markup
        Cleaned of everything that Markdown cannot make.

    Examples
    --------
    >>> print(render_markdown("*safe* <script>alert(1)</script>", inline=True))
    <em>safe</em> &lt;script&gt;alert(1)&lt;/script&gt;
    """
    line = text.strip()
    if not inline and "\n" not in line:
        # One line is a paragraph, whatever it begins with: a year and a point, a minus, a sign for more.
        return Markup("<p>{}</p>\n").format(render_markdown(line, True, latex)) if line else Markup("")
    if inline and _PLAIN.fullmatch(text):
        return Markup.escape(text)
    return render_commonmark(text, inline, latex)


def render_commonmark(text: str, inline: bool = False, latex: bool = False) -> Markup:
    r"""Return Markdown as safe HTML by the letter of CommonMark, for which a line alone can be a list.

    Parameters
    ----------
    text : str
        Markdown, by whomever.
    inline, latex : bool, default False
        As for `render_markdown`.

    Returns
    -------
    Markup
        Cleaned of everything that Markdown cannot make.

    Examples
    --------
    >>> print(render_commonmark("1972. It failed.").replace("\n", ""))
    <ol start="1972"><li>It failed.</li></ol>
    """
    render, clean = _renderer(latex)
    linked = items.SOURCE_LINK.sub(_source_link, text)
    html_text = render.renderInline(linked) if inline else render.render(linked)
    return Markup(clean(html_text))  # noqa: S704 - cleaned


def pictures_as_text(rendered: Markup) -> Markup:
    """Return HTML with the alternative text of each picture in its place, where the files do not come along.

    Parameters
    ----------
    rendered : Markup
        As `render_markdown` gives it.

    Returns
    -------
    Markup
        Without pictures.

    Examples
    --------
    >>> print(pictures_as_text(render_markdown('![a > b](c.png "d"), e', inline=True)))
    a &gt; b, e
    """
    # An alternative text is escaped already, but for what is a sign between tags alone.
    return Markup(  # noqa: S704 - rendered and cleaned, less its pictures
        _IMAGE.sub(lambda found: (found[1] or "").replace("<", "&lt;").replace(">", "&gt;"), rendered)
    )


def parse_line(text: str) -> "Sequence[Token]":
    """Return a part of a line in the parts that `render_markdown` reads in it, not yet cleaned.

    Parameters
    ----------
    text : str
        Markdown on one line, by whomever.

    Returns
    -------
    sequence of Token
        Of markdown-it; links to registered sources have their addresses.
    """
    render, _ = _renderer()
    (line,) = render.parseInline(items.SOURCE_LINK.sub(_source_link, text))
    return line.children or []


@functools.cache
def _renderer(latex: bool = False) -> "tuple[MarkdownIt, Callable[[str], str]]":
    # Loaded when the first question is shown, not when a lesson imports the course.
    import nh3
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    cleaner = nh3.Cleaner(
        tags=_TAGS | _TABLE | _MATH | BARE_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=set(items.LINK_SCHEMES),
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"a": {"target": "_blank", "data-lm-suppress-shortcuts": "true"}},
    )

    def mathml(formula: str, options: Mapping[str, object]) -> str:
        from latex2mathml.converter import convert

        try:
            return str(convert(formula, display="block" if options["display_mode"] else "inline"))
        except Exception:  # noqa: BLE001 - the library has no common error for a formula it cannot read
            return f"<code>{html.escape(formula)}</code>"

    def keep_latex(formula: str, options: Mapping[str, object]) -> str:
        first, last = (r"\[", r"\]") if options["display_mode"] else (r"\(", r"\)")
        return first + html.escape(formula) + last

    render = MarkdownIt("commonmark", {"html": False}).enable("table")
    render.inline.ruler.before("autolink", "bare_tag", _read_bare_tag)
    render.use(
        dollarmath_plugin,
        renderer=keep_latex if latex else mathml,
        allow_space=False,
        allow_digits=False,
        # Words in brackets behind a formula are words.
        allow_labels=False,
        double_inline=True,
    )
    return render, cleaner.clean


def _read_bare_tag(state: "StateInline", silent: bool) -> bool:
    """Take a bare tag as HTML, wherever Markdown reads a part of a line."""
    if not (found := _BARE_TAG.match(state.src, state.pos, state.posMax)):
        return False
    if not silent:
        state.push("html_inline", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _source_link(found: re.Match[str]) -> str:
    from course_lib import evidence

    words, key = found.groups()
    # A bank names registered sources alone; what is kept of a file of somebody's own may name any.
    url = evidence.source(key).url if key in evidence.registered_keys() else ""
    return f"[{words}](<{url}>)" if url else words
