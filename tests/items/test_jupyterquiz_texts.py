"""Foreign HTML keeps its words: whatever signs it holds, our Markdown shows what a browser would."""

import re
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course_lib.errors import ItemError
from course_lib.html.markdown import render_markdown
from course_lib.items import escape_markdown, grade
from course_lib.items.jupyterquiz import read_jupyterquiz
from course_lib.items.jupyterquiz.element_tree import left_out_of
from course_lib.items.jupyterquiz.elements import BLOCKS, CARRIED, HTML_TAGS, LEFT_OUT, UNSEEN
from course_lib.items.jupyterquiz.foreign_html import convert_code, convert_html
from course_lib.items.jupyterquiz.loose_json import parse_loose_json

# What Markdown reads as more, HTML of all kinds, and pieces of both.
PIECES = [
    "__init__",
    "2**3**2",
    "_total___",
    "a*b*c",
    "1.",
    "#",
    "-",
    "+",
    ">",
    "---",
    "===",
    "***",
    "1)",
    "`",
    "`code`",
    "```",
    "~~x~~",
    "|",
    "|---|",
    "\\",
    "\\\\",
    "!",
    "![i](j)",
    "[a](b)",
    "[w](source:k)",
    "[x]:y",
    "<",
    "<x",
    "a<b",
    "x>y",
    "&",
    "&lt;",
    "&amp;lt;",
    "&copy;",
    "&nbsp;",
    "&nbsp;&nbsp;&nbsp;&nbsp;",
    "&emsp;- ",
    "<font size=1>",
    "(",
    ")",
    "[",
    "]",
    "_",
    "*",
    "**",
    "^",
    "{",
    "}",
    ":",
    "=",
    "'",
    '"',
    "é",
    "42",
    "word",
    "http://x.org",
    "<b>",
    "</b>",
    "<i>x</i>",
    "<br>",
    "<p>",
    "</p>",
    "<ul><li>",
    "<ol>",
    "</ul>",
    "<code>a</code>",
    "<sub>2</sub>",
    "<h2>H</h2>",
    "<blockquote>q</blockquote>",
    "<script>s</script>",
    "<!--c-->",
    "<![x",
]
PIECES += [
    " ",
    "\n",
    "\n\n",
    "\t",
    "    indented",
    "<pre>x\n  y\n\n z</pre>",
    "<code>a  b</code>",
    "<a href='http://x.y/a_b?c=1&d=2'>l_k</a>",
    "<img src='a.png' alt='p_q_'>",
    "<table><tr><td>a|b</td><td>c</td></tr></table>",
]


class _Words(HTMLParser):
    """Gathers the text of HTML; what begins a line of its own sets words apart."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts = []

    def handle_starttag(self, tag, attrs):
        self.parts.append(dict(attrs).get("alt") or "" if tag == "img" else " " if tag in BLOCKS else "")

    def handle_endtag(self, tag):
        self.parts.append(" " if tag in BLOCKS else "")

    def handle_data(self, data):
        self.parts.append(data)


def words(html):
    """The letters of HTML, without what is written between the parts of a list or table on one line."""
    reader = _Words()
    reader.feed(str(html))
    reader.close()
    return re.sub(r"[\s•|]", "", "".join(reader.parts))


def cleaned_words(source):
    """The letters that a browser would show of a text by whomever."""
    return words(nh3.clean(source, tags=set(CARRIED), clean_content_tags=set(UNSEEN)))


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES) | st.text(alphabet="ab_*`~<>&|[]()!#\\\n ", max_size=4), max_size=8))
@example(["~~x~~", "!", "<a href='http://x.y/a_b?c=1&d=2'>l_k</a>"])
@example(["<![x", "<b>", "1."])
@example(["<x", "<x", "><"])
def test_the_words_stay_wherever_a_text_is_shown(pieces):
    """On a line, as a paragraph, in an item of a list, on one line of a portfolio, and as a question."""
    source = "".join(pieces)
    wanted = cleaned_words(source)
    line = convert_html(source).markdown
    assert "\n" not in line
    assert words(render_markdown(line, inline=True)) == wanted
    assert words(render_markdown(line)) == wanted
    assert words(render_markdown(" ".join(line.split()), inline=True)) == wanted
    assert words(render_markdown(f"- Z\n- {line}")) == f"Z{wanted}"
    first, _, rest = convert_html(source, inline=False).markdown.strip().partition("\n\n")
    assert words(render_markdown(first, inline=True)) + words(render_markdown(rest)) == wanted


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("__init__, 2**3**2 and **kwargs", r"\_\_init\_\_, 2\*\*3\*\*2 and \*\*kwargs"),
        ("1972. It failed", r"1972\. It failed"),
        ("# a note", r"\# a note"),
        ("&amp;lt; is &lt;", r"\&lt; is \<"),
        ("H<sub>2</sub>O <B>b</B> <tt>x_y</tt>", r"H<sub>2</sub>O <strong>b</strong> <code>x\_y</code>"),
        ("one<br/>two<p>three</p>", "one<br>two<br>three"),
        ("see <https://example.org/a_b>", r"see [https://example.org/a\_b](<https://example.org/a_b>)"),
        ("[page](https://example.org/?a=1&lt=2)", "[page](<https://example.org/?a=1&amp;lt=2>)"),
        ("the list a[0](x)", r"the list a\[0\]\(x)"),
        ("no![page](https://example.org)", r"no\![page](<https://example.org>)"),
        ("<img src='a b.png' alt='a * b'>", r"![a \* b](<a%20b.png>)"),
        ("<pre>for x:\n    y  z</pre>", "<code>for x:<br>&nbsp;&nbsp;&nbsp;&nbsp;y&nbsp;&nbsp;z</code>"),
        ("<a href='javascript:alert(1)'>x</a>", "x"),
        (r"\( \frac{a}{b} \) or $ \beta $", r"$\frac{a}{b}$ or $\beta$"),
        (r"\[ a < b \] and $$c$$", "$$a < b$$ and $$c$$"),
        ("2\\(x\\)3", "&#50;$x$&#51;"),
        ("\\$5 and $6 and $7", r"\$5 and \$6 and \$7"),
        ("<code>$HOME and $PATH</code>", "<code>\\$HOME and \\$PATH</code>"),
        ("$x$$y$ and \\(a\\)\\(b\\)", "$x$ $y$ and $a$ $b$"),
        ("$x$$y$$z$, $$x$ and \\$\\$5", r"$x$ $y$ $z$, \$\$x\$ and \$\$5"),
        ("<a href='MAILTO:a@b.org'>m</a> <a href='tel:+1'>t</a>", "[m](<MAILTO:a@b.org>) [t](<tel:+1>)"),
        ("&nbsp;&nbsp;&nbsp;&nbsp;four", "&#160;&#160;&#160;&#160;four"),
        (r"$\text{if $x$}$ and $\{1\}$ or $a{$ b$", r"$\text{if x}$ and $\{1\}$ or \$a{$b$"),
        (
            "<table><caption>t</caption><tr><td rowspan=2>1<td>2<tr><td colspan=2>3<td>4</table>",
            r"t<br>1 \| 2<br>\| 3 \| \| 4",
        ),
        ("&emsp;1. one", "&#8195;1. one"),
        ("<p>&nbsp;</p><p>two</p>", "two"),
        ("&nbsp;", ""),
        ("a<span hidden>b<br><i>c</i></span>d", "ad"),
        ("<p style='color: red; display: none'>a<p>b", "b"),
        ("<ul><li style='visibility:hidden'>a<li>b</ul>", "• b"),
        ("<dialog>a</dialog><dialog open>b</dialog>", "b"),
        ("<ruby>a<rp>(</rp><rt>b</rt></ruby>", "ab"),
        (r"\begin{align} a_1 &= b \end{align}", r"$$\begin{align} a_1 &= b \end{align}$$"),
    ],
)
def test_a_line_is_written_as_it_is_meant(source, markdown):
    """HTML by bare tags, links and images by Markdown, signs by themselves, formulas as they are."""
    assert convert_html(source).markdown == markdown


def test_a_question_keeps_its_paragraphs_lists_tables_and_code():
    """The first paragraph stands alone; a list or table that comes first becomes a line of it."""
    source = (
        "Read <p>this</p><ol start=3><li>one<ul><li>in</ul><li>two</ol><pre>x\n  ``` y</pre>"
        "<table><tr><th>a|b<th>c<tr><td>1</table><blockquote>q</blockquote>"
    )
    assert convert_html(source, inline=False).markdown == (
        "Read\n\nthis\n\n3. one\n\n   - in\n4. two\n\n````\nx\n  ``` y\n````\n\n"
        "| a\\|b | c |\n| --- | --- |\n| 1 |  |\n\nq"
    )
    assert convert_html("<ul><li>one<li>two</ul>more", inline=False).markdown == "• one<br>• two\n\nmore"


def test_cells_stand_under_their_columns():
    """Also where one above reaches over more rows, or one before it over more columns."""
    source = "x<table><tr><th>a<th colspan=2>b<tr><td rowspan=2>1<td>2<td>3<tr><td>4<td>5</table>"
    assert convert_html(source, inline=False).markdown == (
        "x\n\n| a | b |  |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n|  | 4 | 5 |"
    )


def test_what_stands_between_the_items_of_a_list_stays():
    """With the item before it, as a browser shows it; numbers do not shift."""
    source = "x<ol>a <li>b</li>c<li>d</li><ul><li>e</ul></ol>"
    assert convert_html(source, inline=False).markdown == "x\n\n1. a b<br>c\n2. d\n\n   - e"
    assert convert_html(source).markdown == "x<br>1\\. a b<br>c<br>2\\. d<br>• e"
    assert convert_html("<ol>alone</ol>").markdown == "alone"


@pytest.mark.parametrize(
    ("kind", "start", "counted"),
    [
        ("a", 1, ["a", "b"]),
        ("A", 26, ["Z", "AA"]),
        ("i", 3, ["iii", "iv"]),
        ("I", 49, ["XLIX", "L"]),
        ("1", 9, ["9", "10"]),
        ("a", 0, ["0", "a"]),
    ],
)
def test_a_list_counts_as_its_author_wrote(kind, start, counted):
    """A question may speak of its letters, so that they stay, on a line and as paragraphs."""
    source = f"<ol type={kind} start={start}><li>x<li>y</ol>"
    first, second = counted
    assert convert_html(source).markdown == f"{first}\\. x<br>{second}\\. y"
    written = convert_html(f"Which?{source}", inline=False).markdown
    shown = "".join(words(render_markdown(written.partition("\n\n")[2])).split())
    assert shown == (f"{first}.x{second}.y" if kind != "1" else "xy")


def test_code_is_text_line_by_line():
    """Tags in it are left out and named; entities are what they stand for."""
    assert convert_code("if a &lt; b:\n    <b>x</b>\n#include <stdio.h>") == (
        "if a < b:\n    x\n#include ",
        ["<b>", "<stdio>"],
    )


def test_what_is_not_carried_is_named():
    """Tags and attributes, each once; what looks like a tag and is none apart."""
    found = convert_html("<iframe src=x>y</iframe> <font color=red>r</font> <p class=k onclick=f>z List<int>")
    assert (found.left_out, found.unknown) == (["<iframe>", "color", "class", "onclick"], ["<int>"])
    assert left_out_of("<span>a</span> <p id=x>b</p>") == []
    assert not LEFT_OUT & CARRIED
    assert UNSEEN <= HTML_TAGS


def test_what_is_hidden_is_told_and_not_what_it_says():
    """By the attribute, by a style, by what a browser does with its kind; none of its letters is shown."""
    found = convert_html("<b hidden>s</b> <i style='display:none'>s</i> <u style='color:red'>t</u>")
    assert (found.markdown, found.left_out) == (
        "<u>t</u>",
        ["style", "what is in a hidden <b>", "what is in a hidden <i>"],
    )
    assert convert_code("a\n<span hidden>b</span>c") == ("a\nc", ["<span>", "what is in a hidden <span>"])


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("ftp://example.org/a", "ftp"),
        ("javas&#99;ript:alert(1)", "javascript"),
        (" JAVA\nSCRIPT:alert(1)", "javascript"),
        ("data:text/html,a", "data"),
        ("file:///a", "file"),
    ],
)
def test_a_link_of_another_kind_keeps_its_words(address, scheme):
    """The kind of its address is named, once."""
    found = convert_html(f'<a href="{address}">one</a> <a href="{address}">two</a>')
    assert found.markdown == "one two"
    assert found.left_out == [f"the address of a link, since it is one of '{scheme}:'"]


@pytest.mark.parametrize(
    ("formula", "markdown"),
    [
        ("<msup><mi>x</mi><mn>2</mn></msup>", "x^2"),
        ("<msub><mi>x</mi><mn>12</mn></msub><mo>&lt;</mo><mn>3</mn>", r"x\_12\<3"),
        ("<mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac>", "1/(a+b)"),
        ("<msqrt><mn>2</mn><mi>x</mi></msqrt><mo>*</mo><mroot><mi>y</mi><mn>3</mn></mroot>", r"√2x\*3√y"),
        ("<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup><mi>f</mi>", r"∫\_0^1f"),
        ("<mtable><mtr><mtd>1</mtd><mtd>2</mtd></mtr><mtr><mtd>3</mtd></mtr></mtable>", r"\[1, 2; 3\]"),
        ("<mi>x</mi><mspace/><mtext>if</mtext><mi>y", "x if y"),
    ],
)
def test_mathml_is_told_in_signs(formula, markdown):
    """None of its relations is lost, and the remark says what was made of it."""
    found = convert_html(f"<math>{formula}</math>")
    assert found.markdown == markdown
    (said,) = found.remarks
    assert said.startswith("a formula in MathML is written on a line: '")
    assert (found.left_out, found.unknown) == ([], [])


def test_mathml_that_brings_latex_along_is_drawn():
    """Within a line and on one of its own."""
    formula = (
        "<semantics><mi>x</mi><annotation encoding='application/x-tex'>x &lt; 1</annotation></semantics>"
    )
    found = convert_html(f"If <math>{formula}</math> and <MATH display='block'>{formula}</MATH>")
    assert found.markdown == "If $x < 1$ and $$x < 1$$"
    assert set(found.remarks) == {"a formula in MathML is drawn from the LaTeX that it brings along"}


@pytest.mark.parametrize("tag", sorted(HTML_TAGS | {"int", "circle", "set", "text", "vector", "x-y"}))
def test_no_word_behind_a_tag_is_lost(tag):
    """Whatever its name means elsewhere; what is in an element that is seen stays too."""
    shown = words(render_markdown(convert_html(f"<{tag}>in</{tag}> behind").markdown, inline=True))
    hides = tag in UNSEEN | {"dialog", "rp", "frameset", "math"}
    assert shown in ("behind", "frameset", "inbehind") if hides else shown == "inbehind"
    assert convert_code(f"vector<{tag}>a</{tag}> b;")[0].endswith(" b;")


def test_bare_tags_are_shown_and_nothing_else_of_html():
    """Also in our own banks; with an attribute, or by another name, it is text."""
    shown = render_markdown("H<sub>2</sub>O<br>`<u>` <b>b</b> <u class='k'>u</u> <kbd>open", inline=True)
    assert str(shown) == (
        "H<sub>2</sub>O<br><code>&lt;u&gt;</code> &lt;b&gt;b&lt;/b&gt; &lt;u class='k'&gt;u <kbd>open</kbd>"
    )


def test_signs_written_as_two_escapes_are_one():
    """As JavaScript reads them, in strict JSON and in loose; what follows a backslash of its own stays."""
    strict = '["\\ud83c\\udf5e"]'
    loose = "['\\ud83c\\udf5e', '\\\\\\ud83c\\udf5e', '\\\\ud83c',]"
    assert parse_loose_json(strict, "quiz.json") == ["\U0001f35e"]
    assert parse_loose_json(loose, "quiz.json") == ["\U0001f35e", "\\\U0001f35e", "\\ud83c"]


def test_a_long_file_that_is_no_json_is_told_at_once():
    """Strict JSON of any length is read; other text would take minutes."""
    with pytest.raises(ItemError) as caught:
        parse_loose_json("[" + "'bread', " * 60_000 + "]", "quiz.json")
    assert str(caught.value) == (
        "quiz.json is no strict JSON, and too long to be read otherwise (540,002 characters of at most "
        "500,000). Put it right with a program that checks JSON, or cut it in parts."
    )
    assert len(parse_loose_json('["bread"' + ', "bread"' * 60_000 + "]", "quiz.json")) == 60_001


def test_a_link_behind_a_backslash_is_none():
    """Neither to an address nor to a registered source."""
    shown = render_markdown(escape_markdown("[a](source:bread-2024) [b](https://example.org)"), inline=True)
    assert shown == "[a](source:bread-2024) [b](https://example.org)"


def test_words_behind_a_formula_stay():
    """In brackets too."""
    assert "(one) and" in render_markdown("$$x$$ (one) and $y$")


def test_half_a_sign_is_shown_as_a_sign_for_it():
    """Texts that were cut by a program; no page and no file could hold the half."""
    text = '[{"question": "\\ud83d cut", "type": "string", "answers": [{"answer": "a", "correct": true}]}]'
    read = read_jupyterquiz(text, "q.json")
    assert read.items[0].stem == "\ufffd cut"


def test_numbers_beyond_all_measure_do_not_break_a_file():
    """As in JavaScript they are infinite, so that nobody's answer is such a number."""
    for digits in (400, 5000):
        text = '[{"question": "?", "type": "numeric", "answers": [{"value": 0, "correct": true}]}]'
        (item,) = read_jupyterquiz(text.replace("0", "9" * digits), "q.json").items
        assert grade(item, "1").state != "right"


def test_a_sign_for_per_cent_is_asked_about_in_foreign_numbers():
    """Nothing tells whether such a question is about per cent, so that none is right with the sign."""
    text = '[{"question": "?", "type": "numeric", "answers": [{"value": 0.5, "correct": true}]}]'
    (item,) = read_jupyterquiz(text, "q.json").items
    assert {typed: grade(item, typed).state for typed in ("0.5", "0.5%", "50%", "½ %")} == {
        "0.5": "right",
        "0.5%": "unanswered",
        "50%": "unanswered",
        "½ %": "unanswered",
    }


@pytest.mark.parametrize("tag", ["b", "div", "ul><li", "blockquote", "span"])
def test_elements_in_one_another_without_end_are_read(tag):
    """To a depth that no question has, and below it their texts alone; no word is lost."""
    converted = convert_html(f"<{tag}>" * 200 + "bread")
    assert "bread" in render_markdown(converted.markdown)


def test_a_tag_that_is_never_closed_is_told():
    """A browser takes the rest of the text for a part of it."""
    assert left_out_of("Is x<y?") == ["'<y?', which begins a tag (write &lt; for the sign)"]
    assert left_out_of("Is x < y?") == []
