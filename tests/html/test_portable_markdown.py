"""Markdown of a question by whomever, written anew: no program reads more in it than the course does."""

from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from students import HARM

from course_lib import items, paths
from course_lib.html.markdown import BARE_TAGS, pictures_as_text, render_markdown
from course_lib.html.portable_markdown import escape_line, portable_markdown

OURS = {"a", "em", "strong", "code", *BARE_TAGS}
# Half a sign and signs that no page can hold are seen to before.
HARMFUL = [
    *(text for text in HARM if "\ud800" not in text and "\0" not in text),
    "<script>document.title = 1</script>",
    "<img src=x onerror=alert(1)>",
    "<u onclick=alert(1)>a</u>",
    "a <!-- b",
    "<![CDATA[ a",
    "<?a",
    "[a](javascript:alert(1)) [b](<JAVASCRIPT:alert(1)>) [c](data:text/html,d)",
    "[a](https://example.org '\" onmouseover=alert(1)')",
    '[a](<https://example.org/" onmouseover="alert(1)>)',
    "[a][b] [b]: https://example.org",
    "[a]: javascript:alert(1)",
    "![a](https://example.org/a.png) [![b](c)](https://example.org)",
    "<https://example.org> <a@example.org> https://example.org",
    "$<img src=x onerror=alert(1)>$ $$</p><script>a</script>$$",
    "$[a](javascript:alert(1))$ $![b](c)$ $[d][d]$",
    "`<b>` `` <i>`</i> ``",
    "&lt;b&gt; &#60;i&#62; &#10;&#10;# a &#10;- b &#10;&#10;    c",
    "\\<b> \\\\<i> \\`<u>`",
    "<kbd>a <mark>b",
    "</kbd> </sub> a",
    "*<u>a*</u> [<u>b](https://example.org)</u>",
    "a `b`{=html} [c]{onclick=d} # e {#f}",
    "``` a",
    "~~~ a",
    "| a |\n|---|",
    "a[^1] [^1]: b",
    "[a](source:nobody-2020) [b](source:<script>)",
]
PIECES = [*"abc <>[]()`$*_!\\&;:/|~#\n\"'", "<b>", "<u>", "</u>", "https://a.b", "javascript:a", "](", "&lt;"]


class _Elements(HTMLParser):
    """The elements of HTML, what of their attributes leads somewhere or runs, and the words."""

    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.words, self.open = set(), [], "", []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, *attribute) for attribute in attrs]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        self.tags.add("a comment")

    def handle_decl(self, decl):
        self.tags.add("a declaration")

    unknown_decl = handle_pi = handle_decl


def elements(markdown, inline=True):
    """What a program that takes all HTML makes of Markdown."""
    program = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return _Elements(program.renderInline(markdown) if inline else program.render(markdown))


def shown_words(markdown):
    """What the course shows of it, without blanks."""
    shown = pictures_as_text(render_markdown(" ".join(markdown.split()), inline=True))
    return "".join(_Elements(str(shown)).words.split())


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join) | st.sampled_from(HARMFUL))
@example("<u>a</b>b</u>")
def test_only_what_the_course_shows_is_read(text):
    """Elements, addresses and words: with HTML on, in a line, in a cell, and again by ourselves."""
    written = portable_markdown(" ".join(text.split()))
    assert "\n" not in written
    found = elements(written)
    assert found.tags <= OURS
    assert found.open == []
    assert {(tag, name) for tag, name, _ in found.attributes} <= {("a", "href")}
    addresses = [value for _, _, value in found.attributes]
    assert all(
        value.lower().startswith(tuple(f"{kind}:" for kind in items.LINK_SCHEMES)) for value in addresses
    )
    assert shown_words(written) == shown_words(text)
    cell = f"| a |\n| --- |\n| {written.replace('|', chr(92) + '|')} |"
    assert elements(cell, inline=False).tags <= OURS | {"table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize("text", HARMFUL)
def test_plain_text_is_plain_text(text):
    """Nothing in it makes an element."""
    found = elements(escape_line(text))
    assert found.tags == set()
    assert "".join(found.words.split()) == "".join(text.split())


@pytest.mark.parametrize("path", sorted(paths.ITEMS.glob("*.toml")), ids=lambda path: path.stem)
def test_the_texts_of_the_course_stay_as_they_are_written(path):
    """Emphasis, code, formulas and links are read as before, and hardly a sign is added."""
    texts = [
        " ".join(text.text.split())
        for item in items.load(path.read_text(encoding="utf-8"), path.name).items
        for text in items.markdown_texts(item)
        if "(source:" not in text.text
    ]
    assert texts
    for text in texts:
        written = portable_markdown(text)
        assert render_markdown(written, inline=True) == render_markdown(text, inline=True)
    assert sum(portable_markdown(text) == text for text in texts) > 0.9 * len(texts)
