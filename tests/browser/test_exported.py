"""Exported questions in players and parsers of other people that run in a browser: scores come out alike."""

import re

import pytest
import qti_convert
from export_samples import all_lessons, sample_answers, single_question_lesson, unzip
from hypothesis import given, settings
from hypothesis import strategies as st
from lab_driver import find_chromium
from node_tools import report_missing

from course_lib import items, paths
from course_lib.instructor import export
from course_lib.instructor.export.texts import inner_xml, render_element

READERS = paths.CHECKOUT / "tests" / "readers" / "node_modules"
# Elements are written out in full, since in a page no element closes itself.
PLAY = """async ([xml, given]) => {
  const source = new DOMParser().parseFromString(xml, 'application/xml');
  const text = new XMLSerializer().serializeToString(source.documentElement);
  const made = document.createElement('template');
  made.innerHTML = text.replace(/<(qti-[\\w-]+)([^<>]*?)\\/>/g, '<$1$2></$1>');
  document.body.replaceChildren(made.content);
  const item = document.body.querySelector('qti-assessment-item');
  await item.updateComplete;
  const found = [];
  for (const responses of given) {
    item.resetResponses();
    for (const [name, value] of Object.entries(responses)) item.updateResponseVariable(name, value);
    item.processResponse();
    found.push(Object.fromEntries(item.variables.map((one) => [one.identifier, one.value])));
  }
  return found;
}"""
TEXTS = st.text("ab ~=#{}:\\%[]\"'<>&*_`/-;->1\u05d0\u202e\n", min_size=1, max_size=60).filter(str.strip)


def reader(path):
    """The file of a reader; without it a test is skipped, or fails in CI."""
    if not (READERS / path).is_file():
        report_missing("The readers are not there", "Run npm ci --ignore-scripts --prefix tests/readers")
    if find_chromium() is None:
        pytest.skip("no Chromium was found")
    return READERS / path


@pytest.fixture(scope="module")
def parser(browser):
    """`gift-pegjs`, the grammar of GIFT: a function from text to what it read."""
    path = reader("gift-pegjs/lib/gift-parser-globals.js")
    page = browser.new_page()
    page.add_script_tag(path=path)
    yield lambda text: page.evaluate("(text) => giftParser.parse(text)", text)
    page.close()


@pytest.fixture(scope="module")
def player(browser):
    """`@citolab/qti-components`: a function from a question and responses to its variables."""
    path = reader("@citolab/qti-components/cdn/index.global.js")
    page = browser.new_page()
    page.set_content("<body></body>")
    page.add_script_tag(path=path)
    yield lambda xml, given: page.evaluate(PLAY, [xml, given])
    page.close()


def responses(item, answer):
    """An answer as QTI has it: a dict from response to value."""
    match item:
        case items.Single():
            return {"RESPONSE": f"C{answer}"}
        case items.Multiple():
            return {"RESPONSE": [f"C{place}" for place in answer]}
        case items.Number() | items.Word():
            return {"RESPONSE": answer}
        case items.Grid() | items.Match():
            return {"RESPONSE": [f"R{row} C{place}" for row, place in enumerate(answer) if place is not None]}
        case items.Matrix():
            return {
                f"RESPONSE{at}": [f"R{at_} C{place}" for at_, place in enumerate(row) if place is not None]
                for at, row in enumerate(answer)
            }
        case items.Order():
            return {"RESPONSE": [f"S{item.shuffled[place]}" for place in answer]}
    raise AssertionError(item.type)


def test_a_player_of_qti_gives_the_scores_of_the_course(player):
    """Every graded question, answered rightly, wrongly and in part, gets the score of `items.grade`."""
    asked = {f"items/q-{item.id}.xml": item for lesson in all_lessons() for item in lesson.bank.items}
    files = unzip(export.export_lessons("qti21", all_lessons()).data)
    texts = {path: files[path] for path in asked}
    played = 0
    for path, item in asked.items():
        if not item.graded:
            continue
        known = sample_answers(item)
        # Enough of each kind; the rest has the same form.
        known = known[:12]
        found = player(
            qti_convert.upgrade_qti2_to_qti3(texts[path]), [responses(item, node) for node in known]
        )
        for answer, variables in zip(known, found, strict=True):
            score = items.grade(item, answer).score
            assert float(variables["SCORE"]) == pytest.approx(score, abs=2e-3), (item.id, answer, variables)
            assert variables["GENERAL"] == "GENERAL"
            if isinstance(item, items.Number):
                right = variables["FEEDBACK"] == "RIGHT" or variables["FEEDBACK"].startswith("ALSO")
                assert right is (score == 1)
        played += 1
    assert played > 150


def test_the_grammar_of_gift_reads_every_question(parser):
    """Kinds, names, weights, tolerances, feedback and general feedback; and the scores that follow."""
    read = parser(export.export_lessons("gift", all_lessons()).data.decode())
    wanted = [item for lesson in all_lessons() for check in lesson.checks().values() for item in check]
    categories = [node for node in read if node["type"] == "Category"]
    read = [node for node in read if node["type"] != "Category"]
    assert len(categories) == sum(len(lesson.checks()) for lesson in all_lessons())
    assert [node["id"] for node in read] == [item.id for item in wanted]
    kinds = {"single": "MC", "multiple": "MC", "number": "Numerical", "word": "Short", "text": "Essay"}
    kinds |= {"grid": "Matching", "match": "Matching", "order": "Matching", "matrix": "Matching"}
    kinds |= {"probability": "Numerical"}
    for found, item in zip(read, wanted, strict=True):
        assert f"objective {item.objective}" in found["tags"]
        assert found["stem"]["format"] == "html"
        if item.graded or isinstance(item, items.Text | items.Probability):
            assert found["type"] == kinds[item.type], item.id
        if item.explain or isinstance(item, items.Text):
            assert found["globalFeedback"]["text"]
        for answer in sample_answers(item) if item.graded and not isinstance(item, items.Order) else ():
            their_score = gift_score(found, item, answer)
            assert their_score == pytest.approx(items.grade(item, answer).score, abs=1e-4), (item.id, answer)
        if isinstance(item, items.Single | items.Multiple | items.Number | items.Word) and item.graded:
            assert all(choice["feedback"]["text"] for choice in found["choices"]), item.id


def gift_score(found, item, answer):
    """The share of an answer by what was read of a question in GIFT."""
    if isinstance(item, items.Grid | items.Match | items.Matrix):
        flat = [cell for row in answer for cell in row] if isinstance(item, items.Matrix) else answer
        pairs = [pair for pair in found["matchPairs"] if pair["subquestion"]["text"]]
        choices = [
            " ".join(re.sub(r"<[^>]+>", "", inner_xml(render_element(text, inline=True))).split())
            for text in item.choices
        ]
        chosen = [None if place is None else choices[place] for place in flat]
        keys = [decoded(pair["subanswer"]) for pair in pairs]
        return sum(key == node for key, node in zip(keys, chosen, strict=True)) / len(pairs)
    choices = found["choices"]
    shares = [100 if c["weight"] is None and c["isCorrect"] else c["weight"] or 0 for c in choices]
    if isinstance(item, items.Single | items.Multiple):
        chosen = [answer] if isinstance(answer, int) else answer
        return min(max(sum(shares[place] for place in chosen) / 100, 0), 1)
    for choice, share in zip(choices, shares, strict=True):
        text = choice["text"]
        if isinstance(item, items.Number):
            if "number" not in text or abs(float(answer) - text["number"]) <= text.get("range", 0) + 1e-9:
                return share / 100
        elif (
            text["text"] in ("*", answer.replace("*", "\\*")) or text["text"].casefold() == answer.casefold()
        ):
            return share / 100
    raise AssertionError(answer)


def decoded(text):
    """A right-hand side, which that grammar leaves with its own marks for escaped signs."""
    signs = {"092": "\\", "058": ":", "035": "#", "061": "=", "123": "{", "125": "}", "126": "~"}
    return re.sub(r"&&(\d{3});", lambda mark: signs[mark[1]], text)


@settings(max_examples=60)
@given(stem=TEXTS, options=st.lists(TEXTS, min_size=2, max_size=4), feedback=TEXTS)
def test_any_text_goes_through_the_grammar_of_gift(parser, stem, options, feedback):
    """Whatever signs of GIFT stand in stem, options and feedback, they come out as they went in."""
    item = items.Single(
        id="98-x]",
        type="single",
        check="a: {b}",
        objective=1,
        stem=stem,
        explain=feedback,
        option=[items.Option(text, feedback, at == 1) for at, text in enumerate(options)],
    )
    _, read = parser(export.export_lessons("gift", [single_question_lesson(item)]).data.decode())
    assert read["stem"]["text"].strip() == inner_xml(render_element(stem)).strip()
    assert [choice["isCorrect"] for choice in read["choices"]] == [at == 1 for at in range(len(options))]
    for choice, text in zip(read["choices"], options, strict=True):
        shown = re.sub(r"^&#(37|91);", lambda sign: chr(int(sign[1])), choice["text"]["text"])
        assert shown == inner_xml(render_element(text, inline=True)).strip()
        assert choice["feedback"]["text"] == inner_xml(render_element(feedback)).strip()
    assert read["globalFeedback"]["text"] == inner_xml(render_element(feedback)).strip()
