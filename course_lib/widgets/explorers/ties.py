"""Explore signed ties: who stands with whom, and what one tie does to the balance among them."""

import pandas as pd

from course_lib import charts
from course_lib.charts.figure import CaptionLike, Figure
from course_lib.charts.network import KEPT
from course_lib.dates import long_date
from course_lib.evidence import labels
from course_lib.messages import isolate, say
from course_lib.methods import balance
from course_lib.widgets.explorer import Choice, Explorer, InterfaceChartError, LessonText, Slider, Switch


def network(relations: pd.DataFrame, caption: CaptionLike = "") -> Explorer:
    """Explore signed ties by date, without any one actor, and by what the ties rest on.

    Parameters
    ----------
    relations : DataFrame
        As for `charts.signed_network`, with several dates and `basis`.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Explorer
        Shows itself in a notebook.
    """
    dates = sorted(map(str, set(relations["date"])))
    present = {*relations["a"], *relations["b"]}
    actors = [actor for actor in labels.ACTORS if actor in present]

    def draw(date: float, out: int, kept: int) -> Figure:
        rows = relations[relations["date"] == dates[int(date)]]
        left_out = (actors[out - 1],) if out else ()
        return charts.signed_network(rows, left_out, caption, list(KEPT)[kept])

    last = len(dates) - 1
    controls = [
        Slider("date", say("explorer.network.date"), 0, last, last, texts=tuple(map(long_date, dates))),
        Choice(
            "out",
            say("explorer.network.out"),
            (say("explorer.network.nobody"), *(LessonText(labels.ACTORS[actor]) for actor in actors)),
        ),
        Choice("kept", say("explorer.network.kept"), tuple(map(LessonText, KEPT))),
    ]
    return Explorer(say("explorer.network.title"), controls, draw)


def flip_tie(relations: pd.DataFrame, caption: str = "") -> Explorer:
    """Explore what turning one tie round does to the balance among a few actors.

    Parameters
    ----------
    relations : DataFrame
        As for `charts.signed_network`, of one date and with `basis`.
    caption : str, optional
        What stands under the picture, before what is said of the balance.

    Returns
    -------
    Explorer
        Shows itself in a notebook.
    """
    rows = relations[relations["sign"] != 0].reset_index(drop=True)
    pairs = [
        f"{labels.actor_name(first)} and {labels.actor_name(second)}"
        for first, second in zip(rows["a"], rows["b"], strict=True)
    ]
    judged = rows["basis"] == "coder_judgement"

    def draw(tie: int, without: bool) -> Figure:
        ties = rows[~judged] if without else rows
        # What stands under a picture is in the language of what stands in it.
        sentences = [caption, f"As coded: {_balance_in_words(ties)}."]
        if tie:
            if tie - 1 not in ties.index:
                raise InterfaceChartError(say("explorer.flip.left_out", pair=isolate(pairs[tie - 1])))
            ties = ties.copy()
            sign = -ties["sign"].loc[tie - 1]
            ties.loc[tie - 1, "sign"] = sign
            now = "friendly" if sign > 0 else "hostile"
            sentences.append(f"With {pairs[tie - 1]} made {now}: {_balance_in_words(ties)}.")
        return charts.signed_network(ties, (), " ".join(sentences).strip())

    signs = ["friendly" if sign > 0 else "hostile" for sign in rows["sign"]]
    texts = [LessonText(f"{pair} ({sign})") for pair, sign in zip(pairs, signs, strict=True)]
    controls = [
        Choice("tie", say("explorer.flip.tie"), (say("explorer.flip.no_tie"), *texts)),
        Switch("without", say("explorer.flip.without")),
    ]
    return Explorer(say("explorer.flip.title"), controls, draw)


def _balance_in_words(ties: pd.DataFrame) -> str:
    triads, frustration = balance.triads(ties), balance.frustration(ties)
    return (
        f"{int(triads['balanced'].sum())} of {len(triads)} triads in balance, "
        f"{frustration.index} of {frustration.ties} ties in the way"
    )
