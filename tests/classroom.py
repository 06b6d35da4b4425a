"""A class whose abilities, one bad question and one misconception are planted, to be found again.

The files are what students hand in; their answers follow from abilities by chance with a seed.
"""

import json
import math
import random
from datetime import UTC, datetime, timedelta

from course_lib import items

_BEGINS = datetime(2026, 3, 2, 9, tzinfo=UTC)


def write_submissions(folder, banks, students=120, seed=1, bad=(), misread=None, sure=None, typed=None):
    """Write hand-ins; return for each student a dict from an item to the answer first given.

    Parameters: `bad` items that the better students get wrong; `misread` a dict from an item to the option
    that seven of ten choose; `sure` how sure a student says to be: a function of ability, whether right, and
    chance; `typed` what is typed instead of any number or word, in turn.
    """
    folder.mkdir(parents=True)
    misread, given = misread or {}, []
    hard = random.Random(seed)
    level = {item.id: hard.gauss(-1, 0.3) for bank in banks for item in bank.items}
    for number in range(students):
        draw = random.Random(f"{seed} {number}")
        able, now, events, first = draw.gauss(0, 1.3), _BEGINS, [], {}
        for item in (item for bank in banks for item in bank.items if item.graded):
            slope = -1.5 if item.id in bad else 1.2
            right = draw.random() < 1 / (1 + math.exp(level[item.id] - slope * able))
            answer = items.key_answer(item) if right else wrong_answer(item, draw)
            if item.id in misread:
                answer = misread[item.id] if draw.random() < 0.7 else items.key_answer(item)
            if typed and isinstance(item, items.Number | items.Word):
                answer = typed[number % len(typed)]
            for attempt in (1, 2):
                now += timedelta(seconds=draw.uniform(10, 120))
                result = items.grade(item, items.valid_answer(item, answer))
                certain = sure(able, result.state == "right", draw) if sure and item.confidence else None
                events.append(
                    {
                        "uid": f"{draw.getrandbits(128):032x}",
                        "at": now.isoformat(timespec="milliseconds"),
                        "item": item.id,
                        "version": item.version,
                        "kind": "answer",
                        "answer": answer,
                        "score": result.score,
                        "state": result.state,
                        "attempt": attempt,
                        "sure": certain,
                    }
                )
                first.setdefault(item.id, answer)
                if result.state == "right" or draw.random() < 0.4:
                    break
                answer = items.key_answer(item) if draw.random() < 0.6 else wrong_answer(item, draw)
        text = json.dumps({"format": "reading-with-evidence work", "form": 1, "events": events})
        (folder / f"Zebedee Quux {number:03d}.json").write_text(text, encoding="utf-8")
        given.append(first)
    return given


def wrong_answer(item, draw):
    """Return an answer that is not right."""
    key = items.key_answer(item)
    match item:
        case items.Single():
            return draw.choice([at for at, option in enumerate(item.option) if not option.key])
        case items.Multiple():
            return [at for at in range(len(item.option)) if (at in key) != (draw.random() < 0.4)] or key[:1]
        case items.Number():
            known = [f"{one.value:.15g}" for one in item.mistake]
            return draw.choice([*known, f"{item.answer * 3 + 11:.15g}"])
        case items.Word():
            return "no such word"
        case items.Order():
            return key[::-1]
        case items.Matrix():
            return [[draw.randrange(len(item.choices)) for _ in row] for row in key]
    return [draw.randrange(len(item.choices)) for _ in key]
