"""One colour for each actor, the same in every figure, and how signs, verdicts and marks are coloured.

The colours differ for people who confuse red and green and differ in lightness too; wherever colour tells
something, shape, place or a word tells it as well.
"""

ACTORS = {
    "russia": "#c4501b",
    "assad_government": "#b48000",
    "government": "#b48000",
    "syria_transitional_government": "#8f8a2f",
    "hts": "#2f5d50",
    "opposition_incl_hts": "#2f5d50",
    "isis": "#1f2933",
    "sna": "#5a8f54",
    "sdf": "#8a7a00",
    "usa": "#22577a",
    "turkey": "#b04a7c",
    "iran": "#3f8f5b",
    "israel": "#4a4aa3",
    "hezbollah": "#4f9480",
    "saudi_arabia": "#3f8fb0",
    "uae": "#8c8f3a",
    "qatar": "#8a2d52",
    "china": "#a0522d",
    "uk": "#3b6ea5",
    "france": "#6c7fb8",
    "germany": "#5b5b5b",
    "eu": "#2a6f97",
    "ukraine": "#a35fd6",
}
OTHER = "#7b8794"
POSITIVE, NEGATIVE, NEUTRAL = "#22577a", "#b8531a", "#7f8b97"
INK, SOFT, LINE, PAPER = "#1f2933", "#52606d", "#9aa5b1", "#ffffff"
# For lines that are neither actors nor signs, such as counters.
SERIES = ("#22577a", "#c4501b", "#2f5d50", "#b04a7c", "#8f8a2f", "#7b8794")
# A mark of matplotlib's for each line, for those who do not tell its colour.
SERIES_MARKS = "osD^vP*Xh<>p"


def actor_colour(actor: str) -> str:
    """Return the colour of an actor, and grey where it has none of its own.

    Parameters
    ----------
    actor : str
        As the table `actors` names it.

    Returns
    -------
    str
        Red, green and blue, such as ``#c4501b``.

    Examples
    --------
    >>> actor_colour("russia"), actor_colour("nobody")
    ('#c4501b', '#7b8794')
    """
    return ACTORS.get(actor, OTHER)
