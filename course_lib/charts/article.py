"""Figures about the article itself: what kinds of claim it makes, and where it hedges."""

import matplotlib.style
import pandas as pd

from course_lib.charts.axes import count_in_whole_numbers
from course_lib.charts.figure import STYLE, CaptionLike, Figure, finish_figure, new_figure
from course_lib.charts.tables import require_fields
from course_lib.charts.wording import join_words
from course_lib.errors import ChartError
from course_lib.evidence import labels

# Colour-blind safe and of different lightness, so that the order survives in grey.
KIND_COLOURS = {
    "fact": "#22577a",
    "attributed statement": "#5aa9c6",
    "motive": "#f0b429",
    "prediction": "#b8531a",
    "judgement": "#7d57a3",
    "framing": "#c9cfd6",
}
_DARK = {"fact", "prediction", "judgement"}


def kinds_by_section(claims: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw how many claims of each kind every section of the article makes, as stacked bars.

    Parameters
    ----------
    claims : DataFrame
        With `section` and `kind`, a row per claim.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has one row per section and one column per kind, in claims.

    Raises
    ------
    ChartError
        For a table without rows or without these fields.
    """
    require_fields(claims, "section kind", "claims")
    kinds = list(dict.fromkeys(labels.KINDS.values()))
    counts = (
        pd.crosstab(claims["section"].map(labels.SECTIONS), claims["kind"].map(labels.KINDS))
        .reindex(index=list(labels.SECTIONS.values()), columns=kinds, fill_value=0)
        .loc[lambda table: table.sum(axis=1) > 0]
    )
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 1.3 + 0.36 * len(counts))
        left = pd.Series(0, index=counts.index)
        for kind in kinds:
            bars = axes.barh(
                counts.index, counts[kind], left=left, color=KIND_COLOURS[kind], label=kind, height=0.72
            )
            names = [str(count) if count else "" for count in counts[kind]]
            axes.bar_label(
                bars, names, label_type="center", color="white" if kind in _DARK else "#1f2933", fontsize=9
            )
            left += counts[kind]
        axes.invert_yaxis()
        axes.margins(x=0.03)
        axes.set_xlabel("claims")
        count_in_whole_numbers(axes.xaxis)
        axes.grid(axis="x")
        axes.tick_params(axis="y", length=0)
        axes.set_title("Claims by section and kind")
        figure.legend(
            loc="outside lower center", ncols=len(kinds), fontsize=9, handlelength=1, columnspacing=1.2
        )
    totals = counts.sum().loc[lambda total: total > 0].sort_values(ascending=False, kind="stable")
    lengths = counts.sum(axis=1)
    longest = lengths.index[lengths == lengths.max()]
    ahead = counts.index[(counts["prediction"] == counts.max(axis=1)) & (counts["prediction"] > 0)]
    alt = (
        f"Stacked bars: {len(claims)} claims in {len(counts)} sections of the article, by kind. "
        f"In all: {join_words(f'{kind} {count}' for kind, count in totals.items())}. "
        f"Most claims stand under {join_words(longest)} "
        f"({lengths.max()}{' each' if len(longest) > 1 else ''}). "
        + (f"Predictions are among the most frequent kinds in {join_words(ahead)}." if len(ahead) else "")
    )
    table = counts.rename_axis("section").rename_axis(columns=None).reset_index()
    return finish_figure(figure, alt, table, caption)


def hedge_strip(hedges: pd.DataFrame, paragraphs: pd.DataFrame, caption: CaptionLike = "") -> Figure:
    """Draw where words of doubt stand along the article, with the rate in each section.

    Parameters
    ----------
    hedges : DataFrame
        With `position` (number of the word in the text, from 1) and `word`.
    paragraphs : DataFrame
        With `section` and `words` (how many), in the order of the text.
    caption : str or object that shows itself as HTML, optional
        What stands under the picture.

    Returns
    -------
    Figure
        Its table has one row per section: words, hedges, hedges per 1,000 words.

    Raises
    ------
    ChartError
        For a text without words, and for a table without these fields.
    """
    # A text without hedges is drawn too: that there are none is a result.
    require_fields(hedges, "position word", "hedges", may_be_empty=True)
    require_fields(paragraphs, "section words", "paragraphs", may_be_empty=True)
    if not paragraphs["words"].sum():
        raise ChartError("The table of paragraphs has no words, so there is no text to draw along.")
    lengths = paragraphs.groupby("section", sort=False)["words"].sum()
    ends = lengths.cumsum()
    counts = (
        pd.cut(hedges["position"], [0, *ends], labels=list(ends.index)).value_counts().reindex(ends.index)
    )
    table = pd.DataFrame(
        {
            "section": [labels.SECTIONS[section] for section in ends.index],
            "words": lengths.to_numpy(),
            "hedges": counts.to_numpy(),
            "per 1,000 words": (1000 * counts / lengths).round(1).to_numpy(),
        }
    )
    words = hedges["word"].value_counts()
    rows = {word: place for place, word in enumerate(words.index)}
    total = int(ends.iloc[-1])
    with matplotlib.style.context(STYLE):
        figure, axes = new_figure(8, 3.6)
        for place, (start, end) in enumerate(zip(ends - lengths, ends, strict=True)):
            axes.axvspan(start, end, color="#eef1f4" if place % 2 else "#ffffff", zorder=0)
            # A heading of a few words is too narrow for its own label; the table still names it.
            if end - start > 0.04 * total:
                name = table["section"][place]
                middle = (start + end) / 2
                # Two heights, or the names of short neighbours would run into each other.
                axes.text(middle, -0.6 - 0.55 * (place % 2), name, ha="center", va="bottom", fontsize=8)
                axes.text(
                    middle, len(rows) - 0.2, f"{table['per 1,000 words'][place]:g}", ha="center", va="center"
                )
        for word, place in rows.items():
            at = hedges.loc[hedges["word"] == word, "position"]
            axes.vlines(at, place - 0.3, place + 0.3, color=KIND_COLOURS["prediction"], linewidth=2)
        axes.set_yticks(
            [*rows.values(), len(rows) - 0.2],
            [*(f"{word} ({words[word]})" for word in rows), "per 1,000 words"],
        )
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(rows) + 0.3, -1.7)
        axes.set_xlim(0, total)
        axes.set_xlabel("word of the article, from the first to the last")
        axes.set_title("Where the article hedges")
    rate = 1000 * len(hedges) / total
    dense = table.loc[table["hedges"] > 0, ["section", "per 1,000 words"]]
    dense = dense.sort_values("per 1,000 words", ascending=False)
    none = table.loc[(table["hedges"] == 0) & (table["words"] > 0.04 * total), "section"]
    alt = (
        f"Strip along the {total:,} words of the article with a mark for each of {len(hedges)} hedges: "
        f"{join_words(f'{word} {count}' for word, count in words.items()) or 'none'}. "
        f"That is {rate:.1f} per 1,000 words. "
        + (
            f"Densest: {join_words(f'{name} ({per:g})' for name, per in dense.head(3).to_numpy())}. "
            if len(dense)
            else ""
        )
        + (f"No hedge at all: {join_words(none)}." if len(none) else "")
    )
    return finish_figure(figure, alt, table, caption)
