"""Explore what speaks against each hypothesis: by whose codes, with weights or not, without some rows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from course_lib import charts
from course_lib.charts.figure import Figure
from course_lib.dates import day, last_day, long_date
from course_lib.evidence import labels
from course_lib.messages import isolate, say
from course_lib.methods import ach
from course_lib.widgets.explorer import (
    Choice,
    Control,
    Explorer,
    InterfaceChartError,
    LessonText,
    Slider,
    Switch,
)

# Whose codes they are, as the figure calls it, in the language of the lessons.
_CODER, _READER = "one coder", "you"
# What the choice among codes means, by its place.
_CODERS = ((_CODER,), (_READER,), (_CODER, _READER))


def hypotheses(
    pieces: pd.DataFrame,
    codings: pd.DataFrame,
    own: Callable[[], pd.DataFrame] | None = None,
    added: Callable[[], pd.DataFrame] | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    horizon: str | None = None,
) -> Explorer:
    """Explore what speaks against each hypothesis: by whose codes, with weights or not, without some rows.

    Parameters
    ----------
    pieces : DataFrame
        With `id`, `date`, `credibility`, `relevance`, a row per piece of evidence.
    codings : DataFrame
        With `evidence`, `hypothesis`, `consistency`.
    own, added : callable, optional
        Functions that return the reader's codes as `Lesson.coding` does, asked anew at every step: of these
        pieces, and of one that the table does not have.
    groups : Mapping of str to sequence of str, optional
        From a name to pieces that are left out together.
    horizon : str, optional
        An ISO day: what was known by then can be looked at alone.

    Returns
    -------
    Explorer
        Shows itself in a notebook.
    """
    codes = codings.pivot(index="evidence", columns="hypothesis", values="consistency")
    weights = {str(name): int(weight) for name, weight in ach.row_weights(pieces.set_index("id")).items()}
    dates = dict(zip(map(str, pieces["id"]), map(str, pieces["date"]), strict=True))
    omissions = _omissions(dates, groups or {})
    early = {name for name, date in dates.items() if horizon and last_day(date) <= day(horizon)}
    matrices = _Matrices(codes, weights, own, added)
    possible_weights = sorted(
        {first * second for first in ach.WEIGHTS.values() for second in ach.WEIGHTS.values()}
    )

    def draw(then: int = 0, codes: int = 0, weighted: bool = True, left: int = 0, more: float = 0) -> Figure:
        left_out = omissions[left][1]
        chosen = {name for name in (early if then else weights) if name not in left_out}
        # A piece that the reader adds is known only now.
        weight = possible_weights[int(more) - 1] if more and not then else None
        return matrices.draw(_CODERS[codes], chosen, weighted, weight)

    controls: list[Control] = []
    if horizon:
        known = (say("explorer.hypotheses.all"), say("explorer.hypotheses.by_day", day=long_date(horizon)))
        controls.append(Choice("then", say("explorer.hypotheses.then"), known))
    if own:
        whose = (
            say("explorer.hypotheses.one_coder"),
            say("explorer.hypotheses.you"),
            say("explorer.hypotheses.both"),
        )
        controls.append(Choice("codes", say("explorer.hypotheses.codes"), whose))
    controls.append(Switch("weighted", say("explorer.hypotheses.weighted"), True))
    controls.append(Choice("left", say("explorer.hypotheses.left"), tuple(text for text, _ in omissions)))
    if added:
        texts = (say("explorer.hypotheses.left_out"), *map(str, possible_weights))
        label = say("explorer.hypotheses.more")
        controls.append(Slider("more", label, 0, len(possible_weights), 0, texts=texts))
    return Explorer(say("explorer.hypotheses.title"), controls, draw)


def _omissions(
    dates: Mapping[str, str], groups: Mapping[str, Sequence[str]]
) -> list[tuple[str, Sequence[str]]]:
    """Return what can be left out, first nothing: what it is called, and the pieces."""
    omissions: list[tuple[str, Sequence[str]]] = [(say("explorer.hypotheses.nothing"), ())]
    omissions += [(LessonText(name), pieces) for name, pieces in groups.items()]
    for piece, date in dates.items():
        label = say("explorer.hypotheses.piece", piece=isolate(piece), day=long_date(date))
        omissions.append((label, (piece,)))
    return omissions


@dataclass(frozen=True)
class _Matrices:
    """The coder's matrix with the weights of its rows, and what asks for the reader's."""

    codes: pd.DataFrame
    weights: Mapping[str, int]
    own: Callable[[], pd.DataFrame] | None
    added: Callable[[], pd.DataFrame] | None

    def draw(
        self, coders: Sequence[str], pieces: set[str], weighted: bool, added_weight: int | None
    ) -> Figure:
        """Return the figure by these coders, of the pieces kept, with a piece of this weight added."""
        by_coder = {coder: self._matrix(coder) for coder in coders}
        last = by_coder[coders[-1]]
        rows = [name for name in last.index if name in pieces]
        extra = last.head(0)
        if added_weight is not None:
            extra = self._added_piece(extra)
        weights = [*(self.weights[name] for name in rows), *[added_weight or 1] * len(extra)]
        whole = {coder: pd.concat([matrix.loc[rows], extra]) for coder, matrix in by_coder.items()}
        scores = pd.DataFrame(
            {
                coder: ach.inconsistency(matrix, weights if weighted else None)
                for coder, matrix in whole.items()
            }
        )
        untested = ach.count_untested(whole[coders[-1]])
        sentences = [
            f"{len(rows)} pieces of evidence{' and the one you added' if len(extra) else ''}.",
            "Weights: one coder's." if weighted else "Each weighs 1.",
        ]
        if len(coders) > 1:
            sentences.append("Untested cells are counted in your codes.")
        return charts.inconsistency_scores(
            scores.rename(index=labels.HYPOTHESES),
            untested.rename(index=labels.HYPOTHESES),
            " ".join(sentences),
            f"What speaks against each, coded by {' and by '.join(coders)}",
        )

    def _matrix(self, coder: str) -> pd.DataFrame:
        matrix = self.codes if coder == _CODER or self.own is None else self.own()
        if matrix.empty:
            raise InterfaceChartError(say("explorer.hypotheses.no_codes"))
        return matrix

    def _added_piece(self, none: pd.DataFrame) -> pd.DataFrame:
        added = self.added() if self.added else none
        if added.empty:
            raise InterfaceChartError(say("explorer.hypotheses.no_new_codes"))
        return added
