"""A figure that is never only a picture: it carries its alternative text and its table."""

import base64
import html
import io

import matplotlib.figure
import matplotlib.style

from course_lib import paths

STYLE = paths.STATIC / "course.mplstyle"
# More rows than this are read in the table itself, not under a picture.
_ROWS_SHOWN = 60


class Figure(matplotlib.figure.Figure):
    """A matplotlib figure with alternative text, a caption and the table it was drawn from.

    `alt` says in words what the picture shows, computed from the same data; `caption` names the source
    (plain text, or anything that shows itself as HTML); `table` is a DataFrame with the numbers drawn.
    JupyterLab, exported HTML and a saved notebook all show the picture with its alternative text.
    """

    alt = ""
    caption = ""
    table = None

    def png(self):
        """Return the picture as the bytes of a PNG file."""
        held = io.BytesIO()
        with matplotlib.style.context(STYLE):
            self.savefig(held, format="png")
        return held.getvalue()

    def _repr_html_(self):
        data = base64.b64encode(self.png()).decode("ascii")
        width = round(self.get_figwidth() * 100)
        return (
            f'<figure style="margin:0.5em 0;max-width:{width}px">'
            f'<img alt="{html.escape(self.alt, quote=True)}" src="data:image/png;base64,{data}" '
            'style="width:100%;height:auto;border-radius:4px">'
            f"<figcaption>{markup(self.caption)}</figcaption>{self._numbers()}</figure>"
        )

    def _numbers(self):
        if self.table is None or len(self.table) > _ROWS_SHOWN:
            return ""
        # Under the picture the numbers are for reading, so blanks are shown as blanks.
        filled = self.table.astype(object).where(self.table.notna(), "")
        table = filled.to_html(index=False, border=0)
        return (
            '<details><summary data-lm-suppress-shortcuts="true">The numbers as a table</summary>'
            f"{table}</details>"
        )

    def __repr__(self):
        return f"<Figure: {self.alt}>"


def markup(shown):
    """Return the HTML of something that shows itself as HTML, or a text with its special signs escaped.

    >>> markup("a < b")
    'a &lt; b'
    """
    return shown._repr_html_() if hasattr(shown, "_repr_html_") else html.escape(shown)


def blank(width, height, **layout):
    """Return an empty `Figure` of this size in inches and its axes, in the course's style.

    Parameters: `width`, `height` inches; `layout` goes to `Figure.subplots`.
    """
    with matplotlib.style.context(STYLE):
        figure = Figure(figsize=(width, height))
        return figure, figure.subplots(**layout)


def listing(parts):
    """Join words as a sentence does.

    >>> listing(["a", "b", "c"])
    'a, b and c'
    """
    parts = list(parts)
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
