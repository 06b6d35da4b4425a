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
    "one\n\n    x = 1": ("    x", "a line of code"),
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
        "bank.toml, item '01-q', field 'option[1].feedback': has '1972.', which Markdown shows as ''. "
        "Put a backslash before the sign (two in a text in double quotes), or word it otherwise.",
        "bank.toml, item '01-q', field 'option[2].text': has '2*3*4', which Markdown shows as '234'. "
        "Put a backslash before the sign (two in a text in double quotes), or word it otherwise.",
    ]
    path.write_text("lesson =", encoding="utf-8")
    assert markdown_faults(path) == []
