"""Questions go to other systems whole: readers nobody here wrote find what was asked, keyed and explained."""

import ast
import html
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections import Counter

import msgspec
import pytest
import qti2latex
import qti_convert
from export_samples import (
    all_lessons,
    lesson_of_every_type,
    local_name,
    parse_xml,
    sample_answers,
    single_question_lesson,
    unzip,
)
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from moodle_xml_parser.parser import parse_bytes
from onyx2moodle import classifier
from onyx2moodle.parser import parse_item
from onyx2moodle.translate import matching, multichoice
from ua_exam.gift_parser import parse_gift_content

from course_lib import evidence, items, paths
from course_lib.__main__ import main
from course_lib.curriculum import course
from course_lib.instructor import export
from course_lib.instructor.export import exhibits
from course_lib.instructor.export.conversion_report import ConversionReport
from course_lib.instructor.export.figures import draw_figure
from course_lib.instructor.export.gift import Gift
from course_lib.instructor.export.texts import UNFIT, inner_xml, plain_text, render_element

pytestmark = pytest.mark.filterwarnings("ignore:.*truth value.*:DeprecationWarning")
FORMULA = r"\(b_1 &lt; 2\)"


@pytest.fixture(scope="module")
def whole():
    """All questions there are, in every form: a dict from format to export."""
    found = all_lessons()
    return {to: export.export_lessons(to, found) for to in export.FORMATS}


@pytest.fixture(scope="module")
def small():
    """The lesson with every type, in every form."""
    return {to: export.export_lessons(to, [lesson_of_every_type()]) for to in export.FORMATS}


def run_export(to, out, *lessons):
    """What the command returns."""
    named = ["--lesson", *lessons] if lessons else []
    return main(["export-questions", "--to", to, "--out", str(out), *named])


def asked():
    """All questions that are exported, in order."""
    return [item for lesson in all_lessons() for check in lesson.checks().values() for item in check]


def moodle_questions(data):
    """The questions of a Moodle file, without its categories: a dict from idnumber to element."""
    found = [q for q in parse_xml(data).iter("question") if q.get("type") != "category"]
    return {q.findtext("idnumber"): q for q in found}


def gift_blocks(data):
    """The questions of a GIFT file: a dict from id to text."""
    blocks = [block for block in data.decode().split("\n\n") if block.startswith("// [id:")]
    return {re.match(r"// \[id:([^\]]+)\]", block)[1]: block for block in blocks}


def canvas_items(data):
    """The questions of a Canvas package: a dict from identifier to element."""
    files = unzip(data)
    roots = [parse_xml(held) for path, held in files.items() if path.endswith(".xml")]
    return {q.get("ident"): q for root in roots for q in root.iter() if local_name(q.tag) == "item"}


def pieces(to, data):
    """The text of each question in an export, entities resolved: a dict from id to text."""
    if to == "moodle":
        found = {name: "".join(q.itertext()) for name, q in moodle_questions(data).items()}
    elif to == "gift":
        found = {name: re.sub(r"\\(.)", r"\1", block) for name, block in gift_blocks(data).items()}
    elif to == "qti21":
        files = unzip(data).items()
        found = {p[8:-4]: "".join(parse_xml(d).itertext()) for p, d in files if p.startswith("items/")}
    else:
        found = {name[2:]: "".join(q.itertext()) for name, q in canvas_items(data).items()}
    return {name: html.unescape(html.unescape(text)) for name, text in found.items()}


@pytest.mark.parametrize("to", export.FORMATS)
def test_nothing_is_dropped_silently(small, to):
    """Every text of every question is in the file, or the report says that it is not."""
    found = pieces(to, small[to].data)
    for item in lesson_of_every_type().bank.items:
        told = {
            field
            for name, field, what in small[to].report.entries
            if name == item.id and what.startswith("left out")
        }
        for field, text in markers(msgspec.to_builtins(item)):
            assert text in found[item.id] or field in told, (item.id, field, text)
        if item.confidence:
            assert "confidence" in told


@pytest.mark.parametrize("to", export.FORMATS)
@pytest.mark.parametrize("text", ["1972. It failed.", "- 5 degrees", "# 4 of 5"])
def test_a_text_keeps_its_beginning(to, text):
    """Question, options and feedback that begin like a list or a heading have every sign in each format."""
    options = [items.Option(text, text, True), items.Option("No", "No.")]
    item = items.Single(id="98-a", type="single", check="c", objective=1, stem=text, option=options)
    found = pieces(to, export.export_lessons(to, [single_question_lesson(item)]).data)
    assert found["98-a"].count(text) >= 3, found["98-a"]


def markers(value, field=""):
    """Yield the field and each of the words in capitals that a question holds."""
    if isinstance(value, dict):
        for name, held in value.items():
            yield from markers(name, field)
            yield from markers(held, f"{field}.{name}" if field and name != "ref" else name)
            if name == "ref" and held:
                yield "row.ref", held
    elif isinstance(value, list):
        for held in value:
            yield from markers(held, field)
    elif isinstance(value, str) and field not in ("ref", "id"):
        yield from ((field, word) for word in re.findall(r"\b[A-Z]{4,}\b", value))


def test_the_report_says_it_question_by_question(tmp_path, capsys):
    """The report is printed in sum and written beside the file, line by line."""
    out = tmp_path / "questions.txt"
    assert run_export("gift", out, "before") == 0
    told = capsys.readouterr().out.splitlines()
    count = len(course.form_bank("before").items)
    assert told[0] == f"{out} holds {count} questions for GIFT."
    assert told[-2] == f"{out}.report.txt says it question by question."
    assert told[-1] == "The file holds the keys, those of the test before too. Give it to no student."
    report = (tmp_path / "questions.txt.report.txt").read_text(encoding="utf-8")
    assert report.startswith(f"{count} questions of before for GIFT.\n\nIn sum\n")
    assert "before, minutes, left out: it belongs to the lesson, not to its questions.\n" in report


# The rows of the table in TEACHING.md that are about one field each, and that field.
FIELDS = {
    "hints": "hints",
    "how sure a student is": "confidence",
    "figures": "figure",
    "match": "pair.feedback",
    "wrong numbers that the course knows": "mistake",
    "words that are nearly right": "answer.similar",
    "objective, level": "objective",
}


@pytest.mark.parametrize("to", export.FORMATS)
def test_the_table_for_instructors_says_what_the_losses_say(small, to):
    """What it calls left out is left out, and what it calls kept is no loss."""
    text = (paths.CHECKOUT / "TEACHING.md").read_text(encoding="utf-8")
    table = text.split("What becomes of a question there:")[1].split("\n\n")[1]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
    heads = {"moodle": "Moodle XML", "gift": "GIFT", "canvas": "Canvas", "qti21": "QTI 2.1"}
    column = rows[0].index(heads[to])
    told = {row[0]: row[column] for row in rows[2:]}
    assert set(FIELDS) <= set(told)
    report = small[to].report
    for row, field in FIELDS.items():
        lost = [what for _, other, what in report.entries if other == field]
        assert told[row].startswith("left out") == any(what.startswith("left out") for what in lost), row
        if told[row] == "kept":
            assert lost == [], row


def test_what_is_told_of_every_type(small):
    """The report on the lesson with every type, for Canvas, word for word."""
    report = small["canvas"].report
    found = [f"{item}: {field}, {what}" for item, field, what in report.entries if field != "objective"]
    assert found == [
        "98_exchange: minutes, left out: it belongs to the lesson, not to its questions",
        "98_exchange: activity_minutes, left out: it belongs to the lesson, not to its questions",
        "98_exchange: question, left out: only Moodle has a place for it, beside a category",
        "98-single: level, left out: Canvas has no place for it in a question",
        "98-single: hints, left out: Canvas has none",
        "98-single: confidence, left out: Canvas cannot ask how sure somebody is",
        "98-any: any_key, changed: several options are right, of which the editor of Canvas marks only one",
        "98-opinion: survey, changed: it is kept, not graded, so it is worth 0 points",
        "98-multiple: score, changed: Canvas takes off for a wrong tick what it gives for a right "
        "one, however many there are",
        "98-several: survey, changed: it is kept, not graded, so it is worth 0 points",
        "98-number: bounds, changed: they are told in the stem; a number outside them counts as wrong",
        "98-number: mistake, changed: Canvas has no feedback for a wrong answer of this type; it "
        "stands in the feedback for all wrong ones",
        "98-ruled: rule, changed: ranges that do not overlap, so that no order of rules matters",
        "98-ruled: significant, changed: each range holds what is rounded to the same numbers",
        "98-ruled: rule, changed: a range without an end goes to 1,000,000,000",
        "98-ruled: rule.feedback, changed: Canvas has no feedback for a wrong answer of this type; it "
        "stands in the feedback for all wrong ones",
        "98-age: answer, changed: it is kept, not graded, so it is worth 0 points",
        "98-free: answer, changed: it is kept, not graded, so it is worth 0 points",
        "98-free: type, changed: an essay, since Canvas has no number without an answer",
        "98-word: answer.similar, left out: Canvas compares letter by letter, without likeness",
        "98-word: answer.match_case, left out: Canvas never minds capitals",
        "98-word: answer.feedback, changed: Canvas has no feedback for a wrong answer of this type; "
        "it stands in the feedback for all wrong ones",
        "98-ordered: answer.feedback, left out: 'WORDYS' counts as 'WORDY' does, which is asked before it",
        "98-ordered: answer.similar, left out: Canvas compares letter by letter, without likeness",
        "98-ordered: answer.feedback, changed: Canvas has no feedback for a wrong answer of this type; "
        "it stands in the feedback for all wrong ones",
        "98-heard: survey, changed: it is kept, not graded, so it is worth 0 points",
        "98-heard: answer.feedback, changed: Canvas has no feedback for a wrong answer of this type; "
        "it stands in the feedback for all wrong ones",
        "98-grid: row.feedback, changed: Canvas has no feedback for a part of this type; it stands in"
        " the general feedback",
        "98-grid: row.ref, left out: it leads to a table of the course",
        "98-gridded: row.key, changed: it is kept, not graded, so it is worth 0 points, and every "
        "choice is right",
        "98-matrix: row.feedback, changed: Canvas has no feedback for a part of this type; it stands "
        "in the general feedback",
        "98-matrix: row.ref, left out: it leads to a table of the course",
        "98-coded: row.key, changed: it is kept, not graded, so it is worth 0 points, and every "
        "choice is right",
        "98-match: pair.feedback, changed: Canvas has no feedback for a part of this type; it stands "
        "in the general feedback",
        "98-order: type, changed: pairs of a step and its place, since Classic Quizzes have no order",
        "98-order: score, changed: the share of steps in their right place; the course counts pairs "
        "in right order instead",
        "98-order: step.feedback, changed: Canvas has no feedback for a part of this type; it stands "
        "in the general feedback",
        "98-forecast: type, changed: a number from 0 to 100, which is not locked; it is kept, not "
        "graded, so it is worth 0 points",
        "98-essay: type, changed: an essay worth 1 point, which somebody has to mark; the course "
        "keeps texts unmarked",
        "98-essay: model, changed: model answer and rubric stand in the general feedback; Canvas "
        "keeps rubrics elsewhere",
        "98-essay: lines, left out: Canvas does not say how high a field is",
    ]


# Moodle.


def test_moodle_has_every_question_in_its_category(whole):
    """Each question once, under lesson and check; a slash in a name does not make a folder."""
    data = whole["moodle"].data
    assert list(moodle_questions(data)) == [item.id for item in asked()]
    paths_ = [
        q.findtext("category/text") for q in parse_xml(data).iter("question") if q.get("type") == "category"
    ]
    assert paths_[-1] == "$course$/top/98 Bread // cake/open // end"
    assert len(paths_) == len(set(paths_)) == sum(len(lesson.checks()) for lesson in all_lessons())


def test_a_moodle_reader_finds_choices_weights_and_feedback(whole):
    """`moodle-xml-parser` comes to the scores of the course for every choice, and to every feedback."""
    read = parse_bytes(whole["moodle"].data)["multichoice"]
    wanted = [item for item in asked() if isinstance(item, items.Single | items.Multiple)]
    assert [node.name.split(":")[0] for node in read] == [item.id for item in wanted]
    for found, item in zip(read, wanted, strict=True):
        assert found.single is isinstance(item, items.Single)
        assert [html.unescape(option.answer) for option in found.options] == [
            html.unescape(inner_xml(render_element(option.text, inline=True))).strip()
            if "source:" not in option.text
            else html.unescape(shown.answer)
            for option, shown in zip(item.option, found.options, strict=True)
        ]
        for option, shown in zip(item.option, found.options, strict=True):
            assert shown.feedback or not option.feedback
        assert found.default_grade == (1 if item.graded else 0)
        for answer in sample_answers(item) if item.graded else ():
            chosen = [answer] if isinstance(answer, int) else answer
            their_score = sum(found.options[place].score_fraction for place in chosen) / 100
            assert min(max(their_score, 0), 1) == pytest.approx(items.grade(item, answer).score, abs=1e-4)


def test_a_moodle_reader_finds_embedded_answers(whole):
    """`moodle-xml-parser` reads grids and matrices as embedded answers, right and wrong, with feedback."""
    read = {found.name.split(":")[0]: found for found in parse_bytes(whole["moodle"].data)["cloze"]}
    wanted = [item for item in asked() if isinstance(item, items.Grid | items.Matrix)]
    assert list(read) == [item.id for item in wanted]
    for item in wanted:
        gaps = read[item.id].gaps
        assert {gap.sub_type for gap in gaps} == {"MULTICHOICE"}
        assert all(len(gap.options) == len(item.choices) for gap in gaps), item.id
        for answer in sample_answers(item) if item.graded else ():
            flat = [cell for row in answer for cell in row] if isinstance(item, items.Matrix) else answer
            scores = [
                gap.options[cell].score if cell is not None else 0
                for gap, cell in zip(gaps, flat, strict=True)
            ]
            assert sum(scores) / len(scores) / 100 == pytest.approx(items.grade(item, answer).score)
    grid = read["98-grid"].gaps[0].options
    assert [option.feedback for option in grid] == ["FEEDBACKA.", "FEEDBACKINSTEAD.", "FEEDBACKA."]


def moodle_score(question, item, answer):
    """The share that Moodle gives for an answer, by the rules of its question types."""
    kind = question.get("type")
    parts = question.findall("answer")
    if kind == "numerical":
        for part in parts:
            text = part.findtext("text")
            if text == "*" or abs(float(answer) - float(text)) <= float(part.findtext("tolerance")) + 1e-9:
                return float(part.get("fraction")) / 100
    if kind == "shortanswer":
        for part in parts:
            pattern = re.escape(part.findtext("text")).replace(r"\\\*", "\0").replace(r"\*", ".*")
            flags = 0 if question.findtext("usecase") == "1" else re.IGNORECASE
            if re.fullmatch(pattern.replace("\0", r"\*"), answer, flags):
                return float(part.get("fraction")) / 100
    if kind == "matching":
        pairs = [
            node.findtext("answer/text") for node in question.findall("subquestion") if node.findtext("text")
        ]
        chosen = [None if place is None else item.choices[place] for place in answer]
        return sum(left == right for left, right in zip(pairs, chosen, strict=True)) / len(pairs)
    if kind == "ordering":
        assert question.findtext("gradingtype") == "RELATIVE_ALL_PREVIOUS_AND_NEXT"
        order = [float(parts[item.shuffled[place]].get("fraction")) for place in answer]
        right = [a < b for at, a in enumerate(order) for b in order[at + 1 :]]
        # What the report says of it: the course takes off what chance earns.
        return max(0, 2 * sum(right) / len(right) - 1)
    raise AssertionError(kind)


def test_scores_in_moodle_are_those_of_the_course(whole):
    """Numbers, words, pairs and orders, by Moodle's rules on what the file says."""
    found = moodle_questions(whole["moodle"].data)
    kinds = Counter()
    for item in asked():
        if not isinstance(item, items.Number | items.Word | items.Match | items.Order) or not item.graded:
            continue
        kinds[item.type] += 1
        for answer in sample_answers(item):
            their_score = moodle_score(found[item.id], item, answer)
            assert their_score == pytest.approx(items.grade(item, answer).score), (item.id, answer)
    assert set(kinds) == {"number", "word", "match", "order"}


def test_moodle_embeds_figures_with_their_text(small, whole):
    """A figure is a file in the question, and its alternative text is kept."""
    essay = moodle_questions(small["moodle"].data)["98-essay"]
    name = essay.find("questiontext/file").get("name")
    text = essay.findtext("questiontext/text")
    assert f'src="@@PLUGINFILE@@/{name}"' in text
    assert re.search(r'alt="Stacked bars[^"]+"', text)
    assert essay.findtext("minwordlimit") == "17"
    assert "RUBRICB" in essay.findtext("graderinfo/text")
    read = moodle_questions(whole["moodle"].data)["03-vetoes-alone"]
    assert "Stacked bars: 18 draft resolutions" in read.findtext("questiontext/text")
    assert "The numbers of the figure" in read.findtext("questiontext/text")


def test_formulas_hints_tags_and_sources_in_moodle(small):
    """LaTeX between the marks Moodle knows; hints in order; links carry the titles of their sources."""
    single = moodle_questions(small["moodle"].data)["98-single"]
    stem = single.findtext("questiontext/text")
    assert FORMULA in stem
    title = "IRA"
    assert re.search(rf'<a href="https?://[^"]+" title="[^"]*{title}[^"]*">a link</a>', stem)
    general = single.findtext("generalfeedback/text")
    assert "EXPLAIN" in general
    assert re.search(rf"Sources.*<a href=[^>]*>[^<]*{title}", general)
    assert [hint.findtext("text") for hint in single.findall("hint")] == ["<p>HINTA</p>\n", "<p>HINTB</p>\n"]
    assert [tag.findtext("text") for tag in single.find("tags")] == ["objective 1", "type single", "apply"]


# GIFT.


def test_a_gift_reader_finds_every_question_and_key(whole):
    """`ua-exam` reads each question, its category, and which of its choices are right."""
    read = parse_gift_content(whole["gift"].data.decode())
    wanted = asked()
    assert len(read) == len(wanted)
    assert read[-1]["category"] == "$course$/top/98 Bread // cake/open // end"
    for found, item in zip(read, wanted, strict=True):
        assert found["text"].startswith("[html]")
        if isinstance(item, items.Single | items.Multiple) and item.graded:
            assert found["type"] == "multiple_choice"
            assert [option["is_correct"] for option in found["options"]] == [o.key for o in item.option]
        if isinstance(item, items.Match):
            pairs = [re.split(r"(?:^| )-> ", option["text"])[-1] for option in found["options"]]
            assert [pair for pair in pairs if pair] == [
                html.unescape(plain_text(render_element(text, inline=True)))
                for text in [*(pair.match for pair in item.pair), *item.extra]
            ]
        if isinstance(item, items.Text):
            assert found["type"] == "essay" or found["options"] == []


# QTI 2.1.


@pytest.fixture(scope="module")
def folder(whole, tmp_path_factory):
    """The QTI 2.1 package, unpacked."""
    place = tmp_path_factory.mktemp("qti21")
    for path, data in unzip(whole["qti21"].data).items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
    return place


def test_a_qti_reader_finds_questions_keys_and_feedback(whole, folder):
    """`onyx2moodle` parses every question and finds its field, its key, its weights, its feedback."""
    entries = whole["qti21"].report.entries
    left_out = {(name, field) for name, field, what in entries if what.startswith("left out")}
    kinds = {"single": "choice", "multiple": "choice", "number": "textEntry", "word": "textEntry"}
    kinds |= {"probability": "textEntry", "text": "extendedText", "grid": "match", "match": "match"}
    for item in asked():
        read = parse_item(folder / "items" / f"q-{item.id}.xml")
        told = "".join(feedback.html for feedback in read.feedback)
        for field, text in markers(msgspec.to_builtins(item)):
            assert text in told or not text.startswith("FEEDBACK") or (item.id, field) in left_out
        if item.type in kinds:
            assert {node.kind for node in read.interactions} == {kinds[item.type]}
        declared = read.response_decls.get("RESPONSE")
        if isinstance(item, items.Single | items.Multiple):
            assert [choice.identifier for choice in read.interactions[0].choices] == [
                f"C{place}" for place in range(len(item.option))
            ]
            for answer in sample_answers(item) if item.graded else ():
                chosen = [answer] if isinstance(answer, int) else answer
                their_score = sum(declared.mapping[f"C{place}"] for place in chosen)
                assert min(max(their_score, 0), 1) == pytest.approx(items.grade(item, answer).score)
        if isinstance(item, items.Grid | items.Match) and item.graded:
            assert len(read.interactions[0].match_sources) == len(items.key_answer(item))
            for answer in sample_answers(item):
                chosen = [f"R{row} C{place}" for row, place in enumerate(answer) if place is not None]
                their_score = sum(declared.mapping.get(pair, 0) for pair in chosen)
                assert their_score == pytest.approx(items.grade(item, answer).score)


def qti_score(question, answer):
    """The score that the rules of a typed answer come to: of a chain the first condition that holds."""

    def holds(node):
        kind, parts = local_name(node.tag), list(node)
        if kind in ("and", "not"):
            return all(map(holds, parts)) if kind == "and" else not holds(parts[0])
        if kind == "isNull":
            return False
        value = parts[1].text
        if kind == "stringMatch":
            cased = node.get("caseSensitive") == "true"
            return answer == value if cased else answer.casefold() == value.casefold()
        typed, bound = float(answer), float(value)
        return {"equal": typed == bound, "gte": typed >= bound, "lte": typed <= bound}[kind]

    def run(rules):
        score = 0.0
        for rule in rules:
            if local_name(rule.tag) == "setOutcomeValue" and rule.get("identifier") == "SCORE":
                score = float("".join(rule.itertext()))
            if local_name(rule.tag) == "responseCondition":
                chosen = next(
                    (part for part in rule if local_name(part.tag) == "responseElse" or holds(part[0])), ()
                )
                score = max(score, run(chosen))
        return score

    return run(next(node for node in question.iter() if local_name(node.tag) == "responseProcessing"))


def test_scores_of_typed_answers_in_qti_are_those_of_the_course(folder):
    """Numbers and words, on every end of every rule."""
    kinds = Counter()
    for item in asked():
        if not isinstance(item, items.Number | items.Word) or not item.graded:
            continue
        question = parse_xml((folder / "items" / f"q-{item.id}.xml").read_bytes())
        kinds[item.type] += 1
        for answer in sample_answers(item):
            their_score = qti_score(question, answer)
            assert their_score == pytest.approx(items.grade(item, answer).score), (item.id, answer)
    assert set(kinds) == {"number", "word"}


def gift_score(block, answer):
    """The share that GIFT's lines give for a number: of those that it lies within the first."""
    for share, value, slack in re.findall(r"^=%(\d+)%([^:%*#]+):([^#]+)", block, re.MULTILINE):
        if abs(float(answer) - float(value)) <= float(slack) + 1e-9:
            return int(share) / 100
    return 0.0


def test_scores_of_numbers_in_gift_are_those_of_the_course(whole):
    """By the lines of the file, in their order."""
    found = gift_blocks(whole["gift"].data)
    numbers = [item for item in asked() if isinstance(item, items.Number) and item.graded]
    assert any(item.rule for item in numbers)
    for item in numbers:
        for answer in sample_answers(item):
            assert gift_score(found[item.id], answer) == items.grade(item, answer).score, (item.id, answer)


def test_rules_are_written_in_no_order(small):
    """What each format makes of rules of which the first that fits decides is told."""
    for to, told in small.items():
        noted = {(name, field) for name, field, _ in told.report.entries}
        assert {("98-ruled", "rule"), ("98-ruled", "significant"), ("98-heard", "survey")} <= noted, to
        assert ("98-ordered", "answer.feedback") in noted, to


def test_a_qti_reader_takes_choices_and_pairs_on_to_moodle(folder):
    """`onyx2moodle` translates our questions, and `moodle-xml-parser` reads what comes out."""
    for item in asked():
        read = parse_item(folder / "items" / f"q-{item.id}.xml")
        if isinstance(item, items.Multiple) and item.graded:
            assert classifier.classify(read).target == "multichoice"
            found = parse_bytes(f"<quiz>{multichoice.translate(read)}</quiz>".encode())["multichoice"][0]
            assert [option.score_fraction > 0 for option in found.options] == [o.key for o in item.option]
        if isinstance(item, items.Match):
            assert classifier.classify(read).target == "matching"
            root = parse_xml(f"<quiz>{matching.translate(read)}</quiz>")
            pairs = [node for node in root.iter("subquestion") if node.findtext("text")]
            assert len(pairs) == len(item.pair)


def test_a_qti_package_holds_together(whole, tmp_path):
    """`qti-convert` finds every file that is named, and brings the package to QTI 3."""
    path = tmp_path / "questions.zip"
    path.write_bytes(whole["qti21"].data)
    found = qti_convert.fix_package_references(str(path), str(tmp_path / "fixed.zip"))
    assert found.unresolved == []
    assert not found.fixed
    qti_convert.upgrade_package(str(path), str(tmp_path / "three.zip"))
    with zipfile.ZipFile(tmp_path / "three.zip") as package:
        names = package.namelist()
        first = package.read("items/q-98-single.xml").decode()
    assert sum(name.startswith("items/") for name in names) == len(asked())
    assert "<qti-choice-interaction" in first
    assert "<mml:math" in first or "<math" in first


def test_a_test_of_qti_has_a_section_for_each_check(small):
    """Lesson and checks are test and sections, in the order of the bank."""
    root = parse_xml(unzip(small["qti21"].data)["tests/q-98_exchange.xml"])
    sections = [node for node in root.iter() if local_name(node.tag) == "assessmentSection"]
    assert [node.get("title") for node in sections] == list(lesson_of_every_type().checks())
    refs = [node.get("href") for node in root.iter() if local_name(node.tag) == "assessmentItemRef"]
    assert refs == [
        f"../items/q-{item.id}.xml" for check in lesson_of_every_type().checks().values() for item in check
    ]


# Canvas.


def canvas_score(question, given):
    """The share Canvas's rules come to, each setting or adding; `given` is a dict from field to texts."""
    score = 0.0

    def holds(node):
        kind, parts = local_name(node.tag), list(node)
        value = given.get(node.get("respident"), [])
        if kind == "varequal":
            return any(text.casefold() == node.text.casefold() or same(text, node.text) for text in value)
        if kind in ("vargte", "varlte"):
            ends = [float(text) - float(node.text) for text in value]
            return any(gap >= -1e-9 if kind == "vargte" else gap <= 1e-9 for gap in ends)
        told = [holds(part) for part in parts]
        return {"and": all(told), "or": any(told), "not": not all(told), "conditionvar": all(told)}[kind]

    def same(text, other):
        try:
            return float(text) == float(other)
        except ValueError:
            return False

    for rule in (node for node in question.iter() if local_name(node.tag) == "respcondition"):
        var = next((node for node in rule.iter() if local_name(node.tag) == "setvar"), None)
        condition = next(node for node in rule if local_name(node.tag) == "conditionvar")
        if var is None or local_name(condition[0].tag) == "other" or not holds(condition):
            continue
        score = float(var.text) + (score if var.get("action") == "Add" else 0)
        if rule.get("continue") == "No":
            break
    return score / 100


def canvas_answer(item, question, answer):
    """An answer as Canvas keeps it: a dict from field to texts."""
    fields = [node for node in question.iter() if local_name(node.tag) in ("response_lid", "response_str")]
    names = [field.get("ident") for field in fields]
    labels = [
        [o.get("ident") for o in field.iter() if local_name(o.tag) == "response_label"] for field in fields
    ]
    if isinstance(item, items.Single):
        return {names[0]: [labels[0][answer]]}
    if isinstance(item, items.Multiple):
        return {names[0]: [labels[0][place] for place in answer]}
    if isinstance(item, items.Number | items.Word):
        return {names[0]: [answer]}
    flat = [cell for row in answer for cell in row] if isinstance(item, items.Matrix) else answer
    return {
        name: [] if cell is None else [label[cell]]
        for name, label, cell in zip(names, labels, flat, strict=True)
    }


def test_scores_in_canvas_are_those_of_the_course(whole):
    """Right, wrong and half-right answers, but where the report says that Canvas has a rule of its own."""
    found = canvas_items(whole["canvas"].data)
    own = {(item, field) for item, field, _ in whole["canvas"].report.entries}
    for item in asked():
        question = found[f"q-{item.id}"]
        if not item.graded or isinstance(item, items.Order):
            continue
        for answer in sample_answers(item):
            their_score = canvas_score(question, canvas_answer(item, question, answer))
            score = items.grade(item, answer).score
            if isinstance(item, items.Multiple):
                assert (item.id, "score") in own
                their_score, score = their_score == 1, score == 1
            assert their_score == pytest.approx(score, abs=1e-3), (item.id, answer)


def test_a_canvas_reader_finds_types_choices_and_keys(whole):
    """`qti2latex` reads type, points, stem, choices and right answers of every question."""
    types = {"single": "multiple_choice_question", "multiple": "multiple_answers_question"}
    types |= {"number": "numerical_question", "word": "short_answer_question", "text": "essay_question"}
    types |= {"grid": "multiple_dropdowns_question", "matrix": "multiple_dropdowns_question"}
    types |= {"match": "matching_question", "order": "matching_question", "probability": "numerical_question"}
    found = canvas_items(whole["canvas"].data)
    assert list(found) == [f"q-{item.id}" for item in asked()]
    for item in asked():
        question = found[f"q-{item.id}"]
        meta = qti2latex.get_qti_metadata(question)
        if not (isinstance(item, items.Number) and not item.graded and not item.bounds):
            assert qti2latex.guess_type(meta, question) == types[item.type]
        assert meta["points_possible"] == ("1" if item.graded or isinstance(item, items.Text) else "0")
        assert qti2latex.get_item_stem(question).startswith("<div>")
        if isinstance(item, items.Single | items.Multiple) and item.graded:
            choices = qti2latex.get_choices(question)
            # That reader takes every condition for a key, so it gets those that set a score.
            rules = next(node for node in question if local_name(node.tag) == "resprocessing")
            for rule in [node for node in rules if local_name(node.tag) == "respcondition"]:
                if not any(local_name(node.tag) == "setvar" for node in rule):
                    rules.remove(rule)
            right = qti2latex.get_correct_idents(question)
            assert len(choices) == len(item.option)
            keys = {name for (name, _), option in zip(choices, item.option, strict=True) if option.key}
            assert right == keys


def test_a_canvas_package_holds_together(whole):
    """Every file that the manifest or a question names is there, and no file is missing from the manifest."""
    files = unzip(whole["canvas"].data)
    manifest = parse_xml(files["imsmanifest.xml"])
    named = {node.get("href") for node in manifest.iter() if local_name(node.tag) == "file"}
    assert named == set(files) - {"imsmanifest.xml"}
    names = [node.get("identifier") for node in manifest.iter() if local_name(node.tag) == "resource"]
    needs = [node.get("identifierref") for node in manifest.iter() if local_name(node.tag) == "dependency"]
    assert len(names) == len(set(names))
    assert set(needs) <= set(names)
    texts = "".join(html.unescape(data.decode()) for path, data in files.items() if path.endswith(".xml"))
    images = re.findall(r'src="\$IMS-CC-FILEBASE\$/([^"]+)"', texts)
    assert images
    assert set(images) <= set(files)
    for question in canvas_items(whole["canvas"].data).values():
        shown = {
            node.get("linkrefid") for node in question.iter() if local_name(node.tag) == "displayfeedback"
        }
        held = {node.get("ident") for node in question.iter() if local_name(node.tag) == "itemfeedback"}
        assert shown == held


# All of them.


def test_the_same_questions_give_the_same_bytes(tmp_path):
    """Nothing depends on the day, on the order of sets, or on what ran before; no date is in a file."""
    program = (
        "import sys; from course_lib.instructor import export\n"
        "for to in export.FORMATS:\n"
        "    with open(f'{sys.argv[1]}-{to}', 'wb') as file:\n"
        "        file.write(export.export_lessons(to, export.select_lessons(['03_russia_in_syria'])).data)"
    )
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / seed)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=paths.CHECKOUT,
            check=True,
        )
    for to in export.FORMATS:
        assert (tmp_path / f"1-{to}").read_bytes() == (tmp_path / f"2-{to}").read_bytes()


def test_the_tests_before_and_after_go_out_only_by_name():
    """Whoever exports everything does not give away the keys of the two tests."""
    assert [lesson.stem for lesson in export.select_lessons()] == list(course.stems())
    assert [lesson.stem for lesson in export.select_lessons(["after", "before", "after"])] == [
        "after",
        "before",
    ]


def test_a_name_that_does_not_exist_is_answered(tmp_path, capsys):
    """Unknown lessons and formats, a folder, a wrong ending: a sentence, and nothing is written."""
    (tmp_path / "file").write_text("")
    deep = tmp_path / "file" / "a.txt"
    for to, out, lessons, told in (
        ("gift", tmp_path / "a.txt", ["03_russia"], "There is no lesson '03_russia'. Did you mean "
         "'03_russia_in_syria'?"),
        ("scorm", tmp_path / "a.txt", [], "There is no format 'scorm'. There are: canvas, gift, moodle, "
         "qti21."),
        ("giftt", tmp_path / "a.txt", [], "There is no format 'giftt'. Did you mean 'gift'? There are: "
         "canvas, gift, moodle, qti21."),
        ("moodle", tmp_path, [], f"{tmp_path} is a folder. Name a file in it, for instance questions.xml."),
        ("qti21", tmp_path / "a.xml", [], "a.xml does not end in .zip, as a file for QTI 2.1 has to."),
        ("gift", tmp_path / "a.md", [], "a.md does not end in .txt, as a file for GIFT has to."),
        ("gift", deep, ["before"], f"{deep} cannot be written: File exists."),
    ):  # fmt: skip
        assert run_export(to, out, *lessons) == 1
        said = capsys.readouterr().err
        assert said.startswith(told) if lessons == ["03_russia"] else said == f"{told}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_the_command_writes_and_tells(tmp_path, capsys):
    """Lessons can be named in one go or one by one."""
    out = tmp_path / "new" / "q.xml"
    given_ = ["--lesson", "3", "before", "--lesson", "after", "03_russia_in_syria"]
    assert main(["export-questions", "--to", "moodle", "--out", str(out), *given_]) == 0
    told = capsys.readouterr().out.splitlines()
    count = sum(len(course.bank(stem).items) for stem in ("03_russia_in_syria", "before", "after"))
    assert told[0] == f"{out} holds {count} questions for Moodle XML."
    assert told[1] == "What it cannot carry as the course has it:"
    kept = "The file holds the keys, those of the tests before and after too. Give it to no student."
    assert told[-1] == kept
    assert len(moodle_questions(out.read_bytes())) == count


class Ids:
    """A format that holds ids and nothing else."""

    name = "Ids"
    ending = ".ids"
    holds_lesson_question = False

    def write(self, lessons, report):
        """The ids, line by line; the first question loses its stem."""
        ids = [item.id for lesson in lessons for item in lesson.bank.items]
        report.note_omission(ids[0], "stem", "there is no place for it")
        return "\n".join(ids).encode()


def test_a_new_format_is_a_line_in_the_table(monkeypatch, tmp_path, capsys):
    """What is entered there is checked, written and reported like the others; nothing else knows of it."""
    monkeypatch.setitem(export.FORMATS, "ids", Ids())
    with pytest.raises(SystemExit):
        main(["export-questions", "--help"])
    usage = " ".join(capsys.readouterr().out.split())
    assert f"the form to write: {', '.join(export.FORMATS)} " in usage
    assert "the file: .xml for moodle, .txt for gift, .zip for qti21 and canvas, .ids for ids " in usage
    assert run_export("ids", tmp_path / "a.txt") == 1
    assert capsys.readouterr().err == "a.txt does not end in .ids, as a file for Ids has to.\n"
    assert run_export("ids", tmp_path / "a.ids", "before") == 0
    lines = capsys.readouterr().out.splitlines()
    ids = [item.id for item in course.form_bank("before").items]
    assert (tmp_path / "a.ids").read_text().splitlines() == ids
    assert lines[0] == f"{tmp_path / 'a.ids'} holds {len(ids)} questions for Ids."
    assert "1 × stem, left out: there is no place for it." in lines
    assert "1 × question, left out: only Moodle has a place for it, beside a category." in lines
    assert (
        f"{ids[0]}, stem, left out: there is no place for it."
        in (tmp_path / "a.ids.report.txt").read_text(encoding="utf-8").split("One by one")[1].splitlines()
    )


def test_every_format_names_every_type_of_question():
    """No branch takes what is left, so that mypy names each place that a new type of question needs."""
    folder = paths.PACKAGE / "instructor" / "export"
    matches = [
        (path.relative_to(folder).as_posix(), node)
        for path in sorted(folder.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Match)
    ]
    assert {name.partition("/")[0] for name, _ in matches} >= set(export.FORMATS)
    for name, node in matches:
        patterns = " ".join(ast.unparse(case.pattern) for case in node.cases)
        named = re.findall(r"items\.(\w+)\(\)", patterns)
        assert sorted(named) == sorted(kind.__name__ for kind in items.TYPES.values()), name
        assert "_" not in patterns.split(), name


def test_a_lesson_that_has_changed_is_run_anew(monkeypatch, tmp_path):
    """What is taken along is what the notebook shows now, and it is run no more often than it changes."""
    monkeypatch.setattr(paths, "LESSONS", tmp_path)
    for text in ("bread", "butter and bread"):
        cells = [
            {"cell_type": "code", "source": f"print('{text}')", "metadata": {"tags": ["nbval-check-output"]}},
            {"cell_type": "code", "source": "lesson.check('one')", "metadata": {}},
        ]
        (tmp_path / "97_x.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
        shown = exhibits.lesson_exhibits("97_x")
        assert shown == {"one": (Markup(f"<pre>{text}</pre>"),)}
        assert exhibits.lesson_exhibits("97_x") is shown


def test_a_lesson_that_cannot_be_run_is_told(monkeypatch, tmp_path):
    """Where a notebook is missing or broken, its questions go out, and the report says what they lack."""
    monkeypatch.setattr(paths, "LESSONS", tmp_path)
    (tmp_path / "recall.toml").write_text("")
    assert exhibits.lesson_exhibits("98_x") == {}
    (tmp_path / "98_y.ipynb").write_text(
        '{"cells": [{"cell_type": "code", "source": ["1/0"], "metadata": {}}]}'
    )
    assert exhibits.lesson_exhibits("98_y") == {}
    report = ConversionReport()
    item = items.Number(
        id="98-x",
        type="number",
        check="a",
        objective=1,
        stem="Read the figure above.",
        answer=1,
        feedback="Yes.",
        otherwise="No.",
    )
    Gift().write([single_question_lesson(item)], report)
    assert (
        "98-x",
        "stem",
        "left out: it speaks of something in the notebook that could not be taken along",
    ) in report.entries


# Texts of any kind.

SIGNS = "ab ~=#{}:\\%[]\"'<>&*_`$/-;->1\u05d0\u0627\u202e\n"
TEXTS = st.text(SIGNS, min_size=1, max_size=60).filter(lambda text: text.strip())


def chosen_item(stem, options, feedback, check="a: {b}"):
    """A question with one right option among some."""
    return items.Single(
        id="98-x",
        type="single",
        check=check,
        objective=1,
        stem=stem,
        explain=feedback,
        option=[items.Option(text, feedback, at == 0) for at, text in enumerate(options)],
    )


def flat(text):
    """A text as all readers agree on it: without space at its ends or in a row."""
    return " ".join(text.split())


@given(stem=TEXTS, options=st.lists(TEXTS, min_size=2, max_size=4), feedback=TEXTS)
def test_any_text_goes_through_moodle(stem, options, feedback):
    """Signs that mean something to XML or to Moodle come out as they went in."""
    data = export.export_lessons(
        "moodle", [single_question_lesson(chosen_item(stem, options, feedback))]
    ).data
    read = moodle_questions(data)["98-x"]
    assert read.findtext("questiontext/text") == inner_xml(render_element(stem))
    assert [a.findtext("text") for a in read.findall("answer")] == [
        inner_xml(render_element(text, inline=True)) for text in options
    ]
    assert {a.findtext("feedback/text") for a in read.findall("answer")} == {
        inner_xml(render_element(feedback))
    }
    parsed = parse_bytes(data)["multichoice"][0]
    assert [option.score_fraction for option in parsed.options] == [100, *[0] * (len(options) - 1)]


@given(stem=TEXTS, options=st.lists(TEXTS, min_size=2, max_size=4), feedback=TEXTS)
def test_any_text_goes_through_gift(stem, options, feedback):
    """`ua-exam` finds the stem and every option as they were, whatever signs of GIFT stand in them."""
    # That reader resolves entities before it looks for signs, so they are kept out of its way.
    stem, feedback, *options = (
        re.sub(r"[&<>\"`$*_]", "", text) or "x" for text in (stem, feedback, *options)
    )
    data = export.export_lessons(
        "gift", [single_question_lesson(chosen_item(stem, options, feedback, "a: b"))]
    ).data
    (read,) = parse_gift_content(data.decode())
    assert flat(re.sub(r"\\n", " ", read["text"].removeprefix("[html]"))) == flat(
        inner_xml(render_element(stem))
    )
    assert [option["is_correct"] for option in read["options"]] == [True, *[False] * (len(options) - 1)]
    for option, text in zip(read["options"], options, strict=True):
        shown = flat(html.unescape(re.sub(r"\\n", " ", option["text"])))
        assert shown == flat(inner_xml(render_element(text, inline=True)))


@given(stem=TEXTS, options=st.lists(TEXTS, min_size=2, max_size=4), feedback=TEXTS)
def test_any_text_goes_through_qti(tmp_path_factory, stem, options, feedback):
    """`onyx2moodle` finds options and key, `qti-convert` every word as it was."""
    data = export.export_lessons("qti21", [single_question_lesson(chosen_item(stem, options, feedback))]).data
    raw = unzip(data)["items/q-98-x.xml"]
    path = tmp_path_factory.mktemp("one") / "item.xml"
    path.write_bytes(raw)
    read = parse_item(path)
    assert read.response_decls["RESPONSE"].correct_values == ["C0"]
    assert len(read.interactions[0].choices) == len(options)
    root = parse_xml(qti_convert.upgrade_qti2_to_qti3(raw))
    choices, told = (
        ["".join("".join(node.itertext()).split()) for node in root.iter() if local_name(node.tag) == name]
        for name in ("qti-simple-choice", "qti-modal-feedback")
    )
    assert choices == [
        "".join(plain_text(render_element(text, inline=True, latex=False)).split()) for text in options
    ]
    assert set(told) == {"".join(plain_text(render_element(feedback, latex=False)).split())}


@given(stem=TEXTS, options=st.lists(TEXTS, min_size=2, max_size=4), feedback=TEXTS)
def test_any_text_goes_through_canvas(stem, options, feedback):
    """`qti2latex` finds the stem and every option as they were."""
    data = export.export_lessons(
        "canvas", [single_question_lesson(chosen_item(stem, options, feedback))]
    ).data
    question = canvas_items(data)["q-98-x"]
    assert flat(qti2latex.get_item_stem(question)) == flat(f"<div>{inner_xml(render_element(stem))}</div>")
    shown = [flat(text) for _, text in qti2latex.get_choices(question)]
    assert shown == [flat(inner_xml(render_element(text, inline=True))) for text in options]


@given(row=TEXTS, choices=st.lists(TEXTS, min_size=2, max_size=4, unique_by=flat), feedback=TEXTS)
def test_any_text_goes_through_an_embedded_answer(row, choices, feedback):
    """Moodle's own rule for embedded answers gives back choice and feedback, and nothing ends too early."""
    item = items.Grid(
        id="98-x",
        type="grid",
        check="a",
        objective=1,
        stem="Choose.",
        choices=choices,
        row=[items.GridRow(text=row, key=choices[0], feedback=feedback)],
    )
    data = export.export_lessons("moodle", [single_question_lesson(item)]).data
    text = moodle_questions(data)["98-x"].findtext("questiontext/text")
    # The expressions of question/type/multianswer/questiontype.php, in Python's words.
    part = r"(=|%-?[0-9]+%)?(.+?(?<!\\|&)(?=[~#}]|$))(?:#(.*?(?<!\\)(?=[~}]|$)))?"
    (gap,) = re.finditer(rf"\{{1:MULTICHOICE:(?P<all>{part}(?:~{part})*)\}}", text, re.DOTALL)
    found = [re.match(part, node, re.DOTALL).groups() for node in gap["all"].split("~")]
    assert [share for share, _, _ in found] == ["=", *[None] * (len(choices) - 1)]
    for (_, answer, told), choice in zip(found, choices, strict=True):
        assert html.unescape(html.unescape(answer)) == html.unescape(
            plain_text(render_element(choice, inline=True))
        )
        assert html.unescape(told) == flat(inner_xml(render_element(feedback, inline=True)))


@pytest.mark.parametrize("to", export.FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        "]]> <![CDATA[ </text>",
        "\u202eabc\u202c \u05e9\u05dc\u05d5\u05dd",
        "a\x00b\x0b\ufffe",
        "x " * 9000,
        "\U0001f35e",
    ],
    ids=["cdata", "right-to-left", "control", "long", "emoji"],
)
def test_unusual_texts_go_through_every_format(to, text):
    """What XML can hold comes through; what it cannot is taken out, and the report says so."""
    exported = export.export_lessons(to, [single_question_lesson(chosen_item(text, [text, "y"], text))])
    found = pieces(to, exported.data)["98-x"]
    clean = UNFIT.sub("", text)
    assert flat(html.unescape(clean)) in flat(found)
    said = [entry for entry in exported.report.entries if "signs that XML cannot hold" in entry[2]]
    assert bool(said) is (clean != text)


def test_what_has_changed_is_exported_as_it_stands(tmp_path, monkeypatch):
    """A table or the register may be mended while a kernel runs; what has not changed is drawn once."""
    shutil.copytree(paths.CHECKOUT / "data", tmp_path / "data")
    monkeypatch.setattr(paths, "DATA", tmp_path / "data")
    spec = items.FigureSpec(chart="kinds_by_section", tables=["claims"])
    before = draw_figure(spec, None)
    assert draw_figure(spec, None) is before
    claims = tmp_path / "data" / "tables" / "claims.csv"
    claims.write_text("".join(claims.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), "utf-8")
    assert draw_figure(spec, None).alt != before.alt

    def exported():
        """What Moodle gets of the lesson with every type."""
        return export.export_lessons("moodle", [lesson_of_every_type()]).data.decode()

    title = evidence.source("bbc-2001-ira").title
    assert f'title="{title}' in html.unescape(exported())
    register = tmp_path / "data" / "tables" / "sources.csv"
    register.write_text(register.read_text(encoding="utf-8").replace(title, "Another Title"), "utf-8")
    assert 'title="Another Title' in html.unescape(exported())
