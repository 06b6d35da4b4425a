"""Question files of one's own for tests: their questions as `quiz` gives them to the widget."""

import hashlib
import json
import tomllib

import msgspec

from course_lib import items

_KINDS = {"multiple_choice": items.Single, "many_choice": items.Multiple}


def json_questions(text, key):
    """Return the questions of a small jupyterquiz file, and by their ids those that they had before.

    Those were made of what a question holds, so that a mended letter made another one.
    """
    questions, former = [], {}
    for place, question in enumerate(json.loads(text), start=1):
        common = {
            "id": f"{key}#{place}",
            "check": "jupyterquiz",
            "objective": 0,
            "stem": question["question"],
        }
        answers = question["answers"]
        match question["type"]:
            case "numeric":
                value = answers[0]["value"]
                item = items.Number(type="number", answer=value, feedback="Right.", otherwise="No.", **common)
            case "string":
                accepted = [
                    items.Accepted(answer["answer"], answer.get("feedback", "."), answer["correct"])
                    for answer in answers
                ]
                item = items.Word(type="word", answer=accepted, otherwise="No.", **common)
            case kind:
                option = [
                    items.Option(answer["answer"], answer.get("feedback", "."), answer["correct"])
                    for answer in answers
                ]
                name = "single" if kind == "multiple_choice" else "multiple"
                item = _KINDS[kind](type=name, option=option, **common)
        questions.append(item)
        former[item.id] = "jq-" + hashlib.sha256(repr(question).encode()).hexdigest()[:8]
    return questions, former


def toml_questions(text, key):
    """Return the questions of a file of our own form with the key of the file before their ids.

    Their versions are those of what stands in the file, as they were before.
    """
    assert tomllib.loads(text)
    raw = items.load(text, key).items
    questions = [msgspec.structs.replace(item, id=f"{key}#{item.id}") for item in raw]
    return questions, {f"{key}#{item.id}": item.id for item in raw}


class Page:
    """A page with a quiz: what a student does there."""

    def __init__(self, quiz):
        """Open it."""
        self.quiz = quiz
        self._turn = 0

    def send(self, kind, item="", answer=None, **more):
        """Send a message as a page does, and return what became of the question."""
        self._turn += 1
        stamp = {"page": "p", "turn": self._turn, "id": f"p-{self._turn}"}
        sure = {} if kind == "finish" else None
        message = {"kind": kind, "item": item, "answer": answer, "sure": sure, **more, **stamp}
        self.quiz._hear(None, message, [])
        return self.quiz.answers.get(item)

    def hand_in(self, answers):
        """Hand all in."""
        self.send("finish", answers=answers)
