"""The words of the interface: one file, used whole, with faults told, and in other languages' forms."""

import json
import re

import msgspec
import pseudo
import pytest
from markupsafe import Markup

from course_lib import errors, markup, messages, paths
from course_lib.instructor.authoring import catalogue_check
from course_lib.messages import MessageCatalogue
from course_lib.widgets import base

BAD = paths.CHECKOUT / "tests" / "bad" / "messages"
FILE = "lessons/words.toml"
HEAD = 'language = "{}"\ndirection = "ltr"\nlessons_in = "en"\n'
TRIES = (
    '[quiz]\ntries = { one = "one try", few = "{n} tries, a few", many = "{n} tries, many", '
    'other = "{n} tries" }\n'
)
TOLD = {
    "brace-not-closed": [
        f"{FILE}: 'quiz.done' has a brace that is not closed or not opened (unexpected '{{' in field name)."
    ],
    "form-is-no-text": [f"{FILE}: 'quiz.tries.one' is no text. Put it in double quotes."],
    "form-that-no-language-has": [
        f"{FILE}: 'quiz.tries': There is no form 'several'. There are: few, many, one, other, two, zero."
    ],
    "head-incomplete": [
        f"{FILE}: 'language' is missing. Give it as a text above the first section.",
        f"{FILE}: 'lessons_in' is missing. Give it as a text above the first section.",
        f"{FILE}: There is no direction 'down'. There are: ltr, rtl.",
    ],
    "no-language-tags": [
        f"{FILE}: 'language' is 'pt_BR', which is no language tag as BCP 47 has them. Write 'pt-BR'.",
        f"{FILE}: 'lessons_in' is 'English', which is no language tag as BCP 47 has them. Write 'en'.",
    ],
    "no-form-for-the-rest": [
        f"{FILE}: 'quiz.tries' lacks the form 'other', which is used where no form fits."
    ],
    "not-closed": [
        f"{FILE} is not valid TOML: Illegal character '\\n' (at line 4, column 15). "
        "Texts stand in double quotes."
    ],
    "number-for-text": [f"{FILE}: 'quiz.tries' is no text. Put it in double quotes."],
    "place-without-name": [
        f"{FILE}: 'quiz.done' has a place {{}}. A place is a name in braces, for instance {{done}}.",
        f"{FILE}: 'quiz.done' has a place {{total:d}}. A place is a name in braces, for instance {{done}}.",
    ],
    "tags-not-in-pairs": [
        f"{FILE}: 'home.leaving' has a tag other than <b>…</b> or <i>…</i>, or one that is not closed.",
        f"{FILE}: 'home.back' has a tag other than <b>…</b> or <i>…</i>, or one that is not closed.",
    ],
}


@pytest.fixture
def another(tmp_path, monkeypatch):
    """A function that puts another file of words in place for one test."""

    def put(data):
        (tmp_path / "words.toml").write_bytes(data)
        monkeypatch.setattr(paths, "MESSAGES", tmp_path / "words.toml")

    return put


@pytest.mark.parametrize("name", TOLD)
def test_a_fault_in_the_file_is_told(name):
    """Every fault at once: where it is, and what to do."""
    with pytest.raises(errors.MessageError) as caught:
        MessageCatalogue((BAD / f"{name}.toml").read_text(encoding="utf-8"))
    assert str(caught.value).split("\n") == TOLD[name]


def test_a_file_that_cannot_be_read_is_told(another, tmp_path, monkeypatch):
    """Another encoding, or no file."""
    another((BAD / "latin1.toml").read_bytes())
    with pytest.raises(errors.MessageError) as caught:
        messages.say("quiz.hand_in")
    assert str(caught.value) == f"{FILE} is not UTF-8. Save the file as UTF-8, then try again."
    (tmp_path / "words.toml").unlink()
    with pytest.raises(errors.MessageError) as caught:
        messages.say("quiz.hand_in")
    assert str(caught.value) == (
        f"{FILE} cannot be read: No such file or directory. It holds the words of the interface; "
        "copy it from the course."
    )


def test_a_file_of_words_that_has_changed_is_read_anew(another):
    """Whoever words the interface sees the new words at once, and nothing is read twice without reason."""
    another((HEAD.format("en-GB") + TRIES).encode())
    first = messages.catalogue()
    assert messages.say("quiz.tries", n=2) == "2 tries"
    assert messages.catalogue() is first
    another((HEAD.format("en-GB") + TRIES).replace("{n} tries", "{n} loaves").encode())
    assert messages.say("quiz.tries", n=2) == "2 loaves"


def test_every_broken_file_is_looked_at():
    """Nothing passes by being left out."""
    assert {path.stem for path in BAD.glob("*.toml")} == {*TOLD, "latin1"}


def test_what_refers_to_a_message_says_it():
    """Where grading leaves the words to others, key and values are found where they are put together."""
    uses = {use.key: use for use in catalogue_check.message_uses() if use.key.startswith("grading.")}
    assert {key.removeprefix("grading.") for key in uses} == set(messages.catalogue().under("grading"))
    assert all(use.whole for use in uses.values())
    assert uses["grading.outside"].values == {"typed", "low", "high"}
    assert uses["grading.no_answer"].values == {"given", "item", "type"}
    assert uses["grading.model"].values == frozenset()


def test_a_number_takes_the_form_of_its_language():
    """English has two forms, Russian three for whole numbers; a language nobody knows has one."""
    english, russian, unknown = (
        MessageCatalogue(HEAD.format(name) + TRIES) for name in ("en-GB", "ru", "xx")
    )
    assert [english.say("quiz.tries", n=n) for n in (0, 1, 2)] == ["0 tries", "one try", "2 tries"]
    told = [russian.say("quiz.tries", n=n) for n in (1, 3, 5, 21)]
    assert told == ["one try", "3 tries, a few", "5 tries, many", "one try"]
    assert unknown.say("quiz.tries", n=1) == "1 tries"


def test_a_page_gets_the_rules_of_its_language(another):
    """Not the name of a language alone, for which each browser has rules of its own."""
    another(pseudo.file().encode())
    rules = messages.catalogue().plural_rules
    assert set(rules) == {"zero", "one", "two", "few", "many"}
    sent = re.search(r"const WORDS=(.+);", base.module(["quiz.js"], "page.quiz"))[1]
    assert json.loads(sent)["plural"] == json.loads(msgspec.json.encode(base.sent_rules(rules)))


def test_a_message_or_a_value_that_is_missing_is_told():
    """What was asked for, what exists, what to do."""
    few = MessageCatalogue(HEAD.format("en") + '[quiz]\ndone = "{done} of {total}"\n')
    with pytest.raises(errors.MessageError) as caught:
        few.say("quiz.don")
    assert str(caught.value) == (
        f"{FILE}: There is no message 'quiz.don'. Did you mean 'quiz.done'? There are: quiz.done. "
        "Add it there."
    )
    with pytest.raises(errors.MessageError) as caught:
        few.say("quiz.done", done=3)
    assert str(caught.value) == (
        f"{FILE}: 'quiz.done' has a place {{total}} that nothing is known for. Places it may have: done."
    )
    with pytest.raises(errors.MessageError) as caught:
        few.under("quizz")
    assert str(caught.value) == (
        f"{FILE}: There is no section 'quizz'. Did you mean 'quiz'? There are: quiz. Add it there."
    )


def test_what_is_in_the_language_of_the_lessons_is_marked_only_where_it_is_another(another):
    """In HTML with its language, in plain text with the signs that Unicode has for it."""
    assert markup.lesson_html(Markup("<i>Motives</i>")) == "<i>Motives</i>"
    assert messages.isolate("Motives") == "Motives"
    assert markup.language_attributes() == 'lang="en" dir="ltr"'
    another(pseudo.file().encode())
    assert markup.lesson_html(Markup("<i>Motives</i>")) == '<bdi lang="en"><i>Motives</i></bdi>'
    assert messages.isolate("Motives") == "\u2068Motives\u2069"
    assert markup.language_attributes() == f'lang="{pseudo.LANGUAGE}" dir="rtl"'


def test_every_message_is_said_and_every_saying_has_its_message():
    """Nothing in the file is left over, nothing is missing, and each place has its value."""
    uses = catalogue_check.message_uses()
    assert len(uses) > 300
    assert {use.where for use in uses} >= set(base.bundles()) - {
        *("inputs/choice.js", "inputs/table.js", "unpack.js")
    }
    assert catalogue_check.catalogue_faults() == []


def test_every_value_has_its_place():
    """No value is given that the English message has no place for, but the number that chooses a form."""
    known = messages.catalogue().messages
    for use in catalogue_check.message_uses():
        if use.whole and use.values is not None:
            message = known[use.key]
            texts = message.values() if isinstance(message, dict) else [message]
            places = {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}
            assert use.values - {"n"} <= places, (use.where, use.key)


def test_a_file_that_does_not_fit_the_library_is_told(another):
    """A message that is missing, one that nothing says, one with a place of its own."""
    text = (paths.LESSONS / "words.toml").read_text(encoding="utf-8")
    changed = text.replace('day = "{day} {month} {year}"', 'day = "{tag} {month} {year}"')
    changed = changed.replace("month_of =", "mouth_of =")
    assert changed.count("{tag}") == changed.count("mouth_of") == 1
    another(changed.encode())
    place, missing, left = catalogue_check.catalogue_faults()
    assert missing.startswith(f"{FILE}: There is no message 'dates.month_of'. Did you mean 'dates.mouth_of'")
    assert re.fullmatch(
        r"lessons/words\.toml: 'dates\.day' has \{tag\}, which dates\.py, line \d+, gives no value for\. "
        r"Places it may have: day, month, year\.",
        place,
    )
    assert left == f"{FILE}: nothing says 'dates.mouth_of'. Take it out."


def test_the_scripts_of_a_page_hold_no_words():
    """What a page says comes from the file: no text of two words, and no word with a capital, in a script."""
    sources = sorted((paths.PACKAGE / "widgets" / "page").rglob("*.js"))
    assert len(sources) > 10
    for path in sources:
        code = "\n".join(
            line for line in path.read_text(encoding="utf-8").split("\n") if not line.strip().startswith("/")
        )
        texts = re.findall(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`', code)
        texts = [one or re.sub(r"\$\{[^}]*\}", "", other) for one, other in texts]
        worded = [text for text in texts if re.search(r"[a-z]{2,} [a-z]{2,}|^[A-Z][a-z]+\b", text)]
        # Classes of the style sheet, and what the page's own language calls things.
        known = re.compile(r"(c[qx]-[\w-]* ?)+|Enter")
        assert [text for text in worded if not known.fullmatch(text.strip())] == [], path.name


def test_a_script_gets_the_words_that_it_says_and_no_others():
    """Those of other inputs stay away; those whose name is put together as the script runs are there."""
    inputs = [name for name, bundle in base.bundles().items() if bundle.types]
    few, whole = (_sent(["quiz.js"]), _sent(["quiz.js", *inputs]))
    assert whole == {*messages.catalogue().under("page.quiz")}
    assert whole - few == {
        *("choose", "up", "down", "moved", "percent", "probability", "answer", "text", "least"),
        *("decimals", "whole"),
    }


def _sent(scripts):
    first = base.module(scripts, "page.quiz").split("\n")[0]
    return {*json.loads(first.removeprefix("const WORDS=").removesuffix(";"))["messages"]}
