"""Item analysis: from the long table of marks to numbers on every question of a bank."""

from dataclasses import dataclass
from typing import Any

from course_lib import items
from course_lib.errors import MethodError
from course_lib.instructor.class_report import distractors
from course_lib.methods import item_statistics


@dataclass(frozen=True)
class ItemAnalysis:
    """What became of one question; `item` is the question.

    `n` students with a first mark; `facility` their mean mark as an `Interval`, `right` how many were fully
    right; `discrimination`, `attempts` and `times` as in `methods.testing`. `answers` are pairs of an answer
    and how often it was given first; `by_third` three lists of the same. `sure` has for each level of
    certainty how many were right and how many not; `differs` how many answered an earlier version.
    """

    item: Any
    n: int
    facility: Any
    right: int
    discrimination: Any
    attempts: Any
    times: Any
    answers: list
    by_third: list
    sure: list
    differs: int

    @property
    def misreading(self):
        """The slip that most students share, or None."""
        return distractors.most_frequent_misreading(self.item, self.answers) if self.item.graded else None

    def options(self):
        """Return how often each option was chosen: a table as `charts.distractors` takes it."""
        import pandas as pd

        shares = {"all": _shares(self.item, self.answers)}
        for name, answers in zip(("lower", "middle", "upper"), self.by_third, strict=True):
            enough = self.n >= item_statistics.students_for_thirds()
            shares[name] = _shares(self.item, answers) if enough else [None] * len(self.item.option)
        texts = [option.text for option in self.item.option]
        keys = [option.key for option in self.item.option]
        return pd.DataFrame({"option": texts, "key": keys, **shares})


@dataclass(frozen=True)
class BankAnalysis:
    """What became of the questions of a bank: `students` who answered any, `asked` its graded questions.

    `alpha` is an `Alpha`, or the sentence why there is none.
    """

    bank: Any
    students: int
    asked: list
    alpha: Any


def analyse_bank(marks, bank):
    """Return the `BankAnalysis` of a bank.

    Parameters: `marks` the long table, as from `score_table`; `bank` a question bank.
    """
    import numpy as np

    names = marks["lesson"].cat.categories
    if bank.lesson not in names:
        return BankAnalysis(bank, 0, [], "Nobody answered anything.")
    part = marks[(marks["lesson"].cat.codes == names.get_loc(bank.lesson)).to_numpy()]
    if part.empty:
        return BankAnalysis(bank, 0, [], "Nobody answered anything.")
    _, rows = np.unique(part["student"].cat.codes.to_numpy(), return_inverse=True)
    graded = [item for item in bank.items if item.graded]
    places = {name: at for at, name in enumerate(part["item"].cat.categories)}
    scores = np.full((rows.max() + 1, len(graded)), np.nan)
    codes, first = part["item"].cat.codes.to_numpy(), part["first"].to_numpy("float64")
    chosen = [codes == places.get(item.id, -2) for item in graded]
    for column, own in enumerate(chosen):
        scores[rows[own], column] = first[own]
    rest = item_statistics.rest_scores(scores) if graded else scores
    asked = [
        _asked(item, part[own], rows[own], scores[:, at], rest[:, at])
        for at, (item, own) in enumerate(zip(graded, chosen, strict=True))
        if not np.isnan(first[own]).all()
    ]
    return BankAnalysis(bank, len(scores), asked, _alpha(scores))


def _asked(item, part, rows, scores, rest):
    import numpy as np

    third = item_statistics.score_thirds(rest)[rows]
    first = part["first"].to_numpy("float64")
    sure = part["sure"].fillna(len(items.SURE)).to_numpy("int64")
    known = ~np.isnan(first)
    return ItemAnalysis(
        item,
        int(known.sum()),
        item_statistics.facility(first),
        int((first >= 1).sum()),
        item_statistics.discrimination(scores, rest),
        item_statistics.attempt_change(first, part["last"].to_numpy("float64"), part["attempts"].to_numpy()),
        item_statistics.response_times(part["seconds"].to_numpy("float64")),
        *_answers(item, part["answer_first"], third),
        [
            (int((known & at & (first >= 1)).sum()), int((known & at & (first < 1)).sum()))
            for at in (sure == place for place in range(len(items.SURE)))
        ],
        int(part["version_differs"].sum()),
    )


def _answers(item, given, third):
    """Return every answer with how often it was given, by all and in each third."""
    import numpy as np

    codes = given.cat.codes.to_numpy("int64")
    there = codes >= 0
    different, place = np.unique(codes[there], return_inverse=True)
    counts = np.zeros((len(different), 4), "int64")
    np.add.at(counts, (place, third[there]), 1)
    texts = given.cat.categories[different]
    answers = [
        (distractors.decode_answer(item, text), one.tolist()) for text, one in zip(texts, counts, strict=True)
    ]
    answers = [(answer, one) for answer, one in answers if answer is not None]
    # The last column has those whose third is not known.
    return (
        [(answer, sum(one)) for answer, one in answers],
        [[(answer, one[at]) for answer, one in answers if one[at]] for at in range(3)],
    )


def _alpha(scores):
    import numpy as np

    there = scores[:, ~np.isnan(scores).all(axis=0)] if scores.size else scores
    try:
        return item_statistics.cronbach_alpha(there)
    except MethodError as error:
        return str(error)


def _shares(item, answers):
    counts, among = distractors.option_counts(item, answers)
    return [count / among if among else None for count in counts]


def confidence_table(marks, banks):
    """Return how often answers were right at each level of certainty: a table for `charts`, or None.

    Of the first attempts at all questions of these banks that ask how sure a student is.
    """
    import numpy as np
    import pandas as pd

    asked = {item.id for bank in banks for item in bank.items}
    known = marks["sure"].notna().to_numpy() & marks["first"].notna().to_numpy()
    known &= marks["item"].isin(asked).to_numpy()
    if not known.any():
        return None
    part = marks.loc[known, ["student", "first", "sure"]]
    right = (part["first"].to_numpy() >= 1).astype(float)
    found = item_statistics.accuracy_by_confidence(
        part["sure"].to_numpy("float64"), right, part["student"].cat.codes.to_numpy(), len(items.SURE)
    )
    rows = [
        (words, n, *((one.estimate, one.low, one.high) if one else (np.nan,) * 3))
        for words, (one, n) in zip(items.SURE, found, strict=True)
    ]
    return pd.DataFrame(rows, columns=["sure", "n", "share", "low", "high"])


@dataclass(frozen=True)
class TestGain:
    """What lies between two tests: `took` how many handed in each, `whole` the `Change` in all questions.

    `table` has a row for all questions and for each objective, as `charts.class_change` takes it; `whole` and
    `table` are None where fewer than two students took both.
    """

    took: dict
    both: int
    whole: Any
    table: Any


def analyse_gain(marks, forms, objectives):
    """Return what the students who took both tests have `TestGain`.

    Parameters: `marks` the long table; `forms` a dict with the banks `before` and `after`; `objectives` a
    dict from a number to what the tests call it.
    """
    import numpy as np
    import pandas as pd

    right, owners = {}, {}
    for name, bank in forms.items():
        graded = [item for item in bank.items if item.graded]
        own = marks[marks["item"].isin([item.id for item in graded]).to_numpy()]
        students, rows = np.unique(own["student"].cat.codes.to_numpy(), return_inverse=True)
        column = {item.id: at for at, item in enumerate(graded)}
        table = np.full((len(students), len(graded)), np.nan)
        first = own["first"].to_numpy("float64")
        table[rows, own["item"].map(column).to_numpy("int64")] = np.where(np.isnan(first), np.nan, first >= 1)
        # Who has not every question has not handed in the test.
        whole = ~np.isnan(table).any(axis=1)
        right[name], owners[name] = table[whole], students[whole]
    took = {name: len(students) for name, students in owners.items()}
    both, at_before, at_after = np.intersect1d(
        owners["before"], owners["after"], assume_unique=True, return_indices=True
    )
    if len(both) < 2:
        return TestGain(took, len(both), None, None)
    tables = {"before": right["before"][at_before], "after": right["after"][at_after]}
    found, whole = [], None
    for number, name in [(None, "all questions"), *objectives.items()]:
        shares = []
        for form, bank in forms.items():
            ours = [item.objective for item in bank.items if item.graded]
            chosen = [at for at, one in enumerate(ours) if number is None or one == number]
            if chosen:
                shares.append(tables[form][:, chosen].mean(axis=1))
        if len(shares) == len(forms):
            one = item_statistics.mean_change(*shares)
            whole = whole or one
            span = one.change
            found.append((name, shares[0].mean(), shares[1].mean(), span.estimate, span.low, span.high))
    columns = ["objective", "before", "after", "change", "low", "high"]
    return TestGain(took, len(both), whole, pd.DataFrame(found, columns=columns))
