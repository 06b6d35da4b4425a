"""Markdown shows what the author of a text wrote, or `check` says where it would not."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from course_lib import items, paths
from course_lib.curriculum import course
from course_lib.html.markdown import render_commonmark, render_markdown
from course_lib.html.markdown_check import changed_words
from course_lib.instructor.authoring.markdown_faults import markdown_faults
from course_lib.items.banks import field_texts

CHANGED = {
    "1972. It failed.": ("1972.", ""),
    "1) On the way": ("1)", ""),
    "10. ten\n11. eleven": ("10.", ""),
    "- 5 degrees": ("-", ""),
    "+ 3 per cent": ("+", ""),
    "* note": ("*", ""),
    "# 4 of them": ("#", ""),
    "> 5 per cent": (">", ""),
    "Sum\n===": ("===", ""),
    "above\n\n---\n\nbelow": ("---", ""),
    "It is 2*3*4.": ("2*3*4.", "234."),
    "Call __init__ first.": ("__init__", "init"),
    "Use AT&amp;T here": ("AT&amp;T", "AT&T"),
    "one\n\n    x = 1": ("    x", None),
    "(*) and (*) are notes": ("(*)", "()"),
    "the $-sign and the US-$ rate": ("$-sign and the US-$", ""),
    "element a[i](j) of it": ("a[i](j)", "ai"),
    r"where \(x\) is": (r"\(x\)", "(x)"),
    "- 5 fell\n\nThen others.\n\n- 3 rose": ("-", ""),
    "#### A heading of nothing": ("####", ""),
    "above\n> 5 per cent": (">", ""),
    "see [that] there\n\n[that]: /bar": ("[that]", "that"),
    "write to <a@example.org>": ("<a@example.org>", "a@example.org"),
    "the tag <em> is old": ("<em>", ""),
    "1972) It failed": ("1972)", ""),
}
MEANT = [
    "**Two** of *three*, _as said_; `2*3*4` in [the claims](https://example.org/a_b_c).",
    "first\n\n- one\n- two\n\nlast",
    "1. one\n2. two\n3. three",
    "a | b\n--- | ---\n1 | 2",
    "| a | b |\n|:--|--:|\n| **1** | 2 |",
    r"1972\. It failed, \*as said\*, at 2\*3\*4.",
    "$x_1 * y_1$ is $2*3*4$, at $5 and $6.",
    "snake_case_name, -3.5, 5 * 3 * 2, x < y and y > z, C:\\dir, [1] and <b>",
    "![A map of the bases](map.png) shows them.",
    "See <https://example.org/a_b>.",
    "```\nx = 2*3*4\n```",
    "```python\nx = 2*3*4\n```",
    'A [link](https://example.org/a_(b) "with a title"), [one](source:aa-2018-august-map).',
    "- one\n    - of one\n    - of two\n\n- two",
    "1. one\n1. two\n\n   more of two\n1. three",
    "***both***, __two words__ and “*quoted*”",
    "> first\n> second",
    "H<sub>2</sub>O and <del>*no* <u>words</u></del><br>more",
    "text\n\n#### Heading\n\ntext",
    r"$\text{hits and misses} \cdot x_1$ of $n$",
    r"1972\) It failed",
]


@pytest.mark.parametrize("text", CHANGED)
def test_what_markdown_would_change_is_found(text):
    """The first words, as they are written and as they would be shown."""
    assert changed_words(text) == CHANGED[text]


@pytest.mark.parametrize("text", MEANT)
def test_what_is_meant_is_no_fault(text):
    """Emphasis around words, code, formulas, links, lists, tables, and signs after a backslash."""
    assert changed_words(text) is None


@pytest.mark.parametrize("path", sorted(paths.ITEMS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_word_of_a_bank_is_shown(path):
    """Each text of each question, in the way in which it is shown, and as a line of the key."""
    bank = course.bank(path.stem)
    texts = [text for item in bank.items for text in items.markdown_texts(item)]
    lines = [line for item in bank.items if item.graded for line in items.key_lines(item)]
    assert len(texts) > 3 * len(bank.items)
    assert [text for text in texts if changed_words(text.text, text.inline)] == []
    assert [line for line in lines if changed_words(line, True)] == []
    assert markdown_faults(path) == []


def test_what_is_no_markdown_has_none_in_it():
    """The glossary and what the home says of a lesson are plain text: no markup stands in them unread."""
    heads = [course.bank(path.stem) for path in sorted(paths.ITEMS.glob("*.toml"))]
    texts = [text for head in heads for text in (head.title, head.question)]
    texts += [text for term in course.glossary().items() for text in term]
    assert len(texts) > 100
    shown = [render_commonmark(text).striptags() for text in texts]
    assert shown == texts


def test_no_text_is_left_out():
    """Every text of every type of question is Markdown and looked at, or is known to be shown as it is."""
    plain = {"id", "type", "check", "level", "role", "unit", "ref", "key", "match", "chart", "version"}
    plain |= {"sources", "choices", "columns", "extra", "tables"}
    banks = [path.read_text(encoding="utf-8") for path in sorted(paths.ITEMS.glob("*.toml"))]
    banks.append((paths.CHECKOUT / "tests" / "every_type.toml").read_text(encoding="utf-8"))
    kinds = set()
    for text in banks:
        for item, table in zip(items.load(text, "bank").items, tomllib.loads(text)["item"], strict=True):
            looked_at = {field for field, _, _ in items.markdown_texts(item)}
            for field, _ in field_texts(table):
                name = re.sub(r"\[\d+\]", "", field).split(".")[-1]
                is_word = item.type == "word" and re.fullmatch(r"answer\[\d+\]\.text", field)
                if name not in plain and not is_word:
                    assert field in looked_at, (item.id, field)
            kinds.add(item.type)
    assert kinds == set(items.TYPES)


@pytest.mark.parametrize("text", [text for text in CHANGED if "\n" not in text and text[0] in "1-+*#>"])
def test_a_line_alone_is_a_paragraph(text):
    """Whatever it begins with, as nobody means a list of one; by the letter of CommonMark it would be."""
    assert render_markdown(text) == Markup("<p>{}</p>\n").format(text)
    assert not render_commonmark(text).startswith("<p>")


def test_a_list_keeps_its_first_number():
    """What counts from 10 is shown so."""
    assert '<ol start="10">' in render_markdown("10. ten\n11. eleven")


@given(st.text(st.sampled_from("ab1 .)(*_`#>+-=|~<&;$[]!\\\n"), max_size=30))
def test_escaped_text_is_shown_as_it_is(text):
    """Whatever signs it has, as a line of the key has them: answers typed, choices, units."""
    line = " ".join(text.split())
    shown = render_markdown(items.escape_markdown(line), inline=True)
    assert " ".join(Markup(shown).unescape().split()) == line


def test_a_fault_is_told(tmp_path):
    """File, item, field, the words and what to do."""
    text = (paths.CHECKOUT / "tests" / "bad" / "markdown.toml").read_text(encoding="utf-8")
    path = tmp_path / "bank.toml"
    path.write_text(text, encoding="utf-8")
    assert markdown_faults(path) == [
        "bank.toml, item '01-q', field 'option[1].feedback': has “1972.”, which Markdown shows as “”. "
        r"Write “1972\\.” (one backslash where the text stands in single quotes), or word it otherwise.",
        "bank.toml, item '01-q', field 'option[2].text': has “2*3*4”, which Markdown shows as “234”. "
        r"Write “2\\*3\\*4” (one backslash where the text stands in single quotes), or word it otherwise.",
        "bank.toml, item '01-q', field 'option[2].feedback': has “    x”, which Markdown shows as a line of "
        "code. Take away the blanks before it, or put it between two lines of ```.",
    ]
    path.write_text("lesson =", encoding="utf-8")
    assert markdown_faults(path) == []
