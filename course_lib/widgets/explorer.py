"""One widget for every chart that can be explored: native controls, one picture, its text.

Each explorer is a chart with controls. The page sends what the controls say, Python draws and answers with
the picture and its alternative text. Without Python the first picture stays, as a figure that needs nothing.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import traitlets
from markupsafe import Markup

from course_lib.errors import ChartError, CourseError
from course_lib.messages import say
from course_lib.widgets import page_types
from course_lib.widgets.base import PackedWidget
from course_lib.widgets.page_types import ControlValue, PictureText, StepMessage, decode, encode

if TYPE_CHECKING:
    from course_lib.charts.figure import Figure

# Fine enough for a screen, and half the time of the figures that stand still.
_DPI = 100
_LONGEST_SEARCH = 80
# So much of a name that a page gives is kept.
_LONGEST_NAME = 40


@dataclass(frozen=True)
class Control(ABC):
    """One input of a chart: `Slider`, `Choice`, `Switch` or `Search`.

    Parameters
    ----------
    name : str
        What `draw` calls it.
    label : str
        What stands beside it.
    """

    name: str
    label: str

    @abstractmethod
    def valid_value(self, value: object) -> ControlValue:
        """Return a value that the control can have.

        Parameters
        ----------
        value : object
            What a page says, or None.

        Returns
        -------
        bool, int, float or str
            The nearest to it, or the one at first.
        """

    @abstractmethod
    def for_page(self) -> page_types.Control:
        """Return what a page is told of the control.

        Returns
        -------
        Control
            The struct for its kind.
        """


@dataclass(frozen=True)
class Slider(Control):
    """A number between two ends; with `texts` it counts through them and shows the text.

    Parameters
    ----------
    name : str
        What `draw` calls it.
    label : str
        What stands beside it.
    low, high, value : float
        Its ends, and where it stands at first.
    step : float, default 1
        How far it moves at once.
    texts : tuple of str, optional
        One for each step from `low` on.
    """

    low: float
    high: float
    value: float
    step: float = 1
    texts: tuple[str, ...] = ()

    def valid_value(self, value: object) -> float:
        """Return a value that the slider can have, or its own.

        Parameters
        ----------
        value : object
            What a page says.

        Returns
        -------
        float
            Between its ends.

        Examples
        --------
        >>> bins = Slider("bins", "Number of bins", 1, 10, 5)
        >>> bins.valid_value(99), bins.valid_value("99")
        (10, 5)
        """
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return self.value
        return min(max(value, self.low), self.high)

    def for_page(self) -> page_types.ShownSlider:
        """Return what a page is told of the slider.

        Returns
        -------
        ShownSlider
            With all that it has.
        """
        return page_types.ShownSlider(
            self.name, self.label, self.value, self.low, self.high, self.step, [*self.texts]
        )


class LessonText(str):
    """A text of a choice in the language of the lessons; the others are the interface's."""


@dataclass(frozen=True)
class Choice(Control):
    """One of some texts; its value is the place of the text.

    Parameters
    ----------
    name : str
        What `draw` calls it.
    label : str
        What stands beside it.
    texts : tuple of str
        Each a `LessonText`, or one in the language of the interface.
    value : int, default 0
        The place of the text that is chosen at first.
    """

    texts: tuple[str, ...]
    value: int = 0

    def valid_value(self, value: object) -> int:
        """Return a place that exists, or the one at first.

        Parameters
        ----------
        value : object
            What a page says.

        Returns
        -------
        int
            A place in `texts`.
        """
        if isinstance(value, bool) or not isinstance(value, int):
            return self.value
        return value if 0 <= value < len(self.texts) else self.value

    def for_page(self) -> page_types.ShownChoice:
        """Return what a page is told of the choice.

        Returns
        -------
        ShownChoice
            With the places of the texts that are in the language of the lessons.
        """
        of_lessons = [place for place, text in enumerate(self.texts) if isinstance(text, LessonText)]
        return page_types.ShownChoice(self.name, self.label, self.value, [*map(str, self.texts)], of_lessons)


@dataclass(frozen=True)
class Switch(Control):
    """Something that is on or off.

    Parameters
    ----------
    name : str
        What `draw` calls it.
    label : str
        What stands beside it.
    value : bool, default False
        Whether it is on at first.
    """

    value: bool = False

    def valid_value(self, value: object) -> bool:
        """Return whether it is on, or how it stands at first.

        Parameters
        ----------
        value : object
            What a page says.

        Returns
        -------
        bool
            Whether it is on.
        """
        return value if isinstance(value, bool) else self.value

    def for_page(self) -> page_types.ShownSwitch:
        """Return what a page is told of the switch.

        Returns
        -------
        ShownSwitch
            With how it stands at first.
        """
        return page_types.ShownSwitch(self.name, self.label, self.value)


@dataclass(frozen=True)
class Search(Control):
    """A text to look for.

    Parameters
    ----------
    name : str
        What `draw` calls it.
    label : str
        What stands beside it.
    value : str, optional
        What stands in it at first.
    """

    value: str = ""

    def valid_value(self, value: object) -> str:
        """Return a text of a bearable length.

        Parameters
        ----------
        value : object
            What a page says.

        Returns
        -------
        str
            The beginning of it, or the text at first.
        """
        return value[:_LONGEST_SEARCH] if isinstance(value, str) else self.value

    def for_page(self) -> page_types.ShownSearch:
        """Return what a page is told of the search.

        Returns
        -------
        ShownSearch
            With what stands in it at first.
        """
        return page_types.ShownSearch(self.name, self.label, self.value)


class InterfaceChartError(ChartError):
    """What keeps a picture from being drawn, in the words of the interface; charts say it in the lessons'."""


def _as_json(text: PictureText, _widget: object) -> object:
    return encode(text)


def _as_known(_written: object, widget: Explorer) -> PictureText:
    """Return the words as they are, whatever a page has written in their place."""
    return widget.told


class Explorer(PackedWidget):
    """A chart with controls.

    Parameters
    ----------
    title : str
        What is explored.
    controls : sequence of Control
        In the order in which they are shown.
    draw : callable
        A function that takes their values by name and returns a figure of `charts`.

    Attributes
    ----------
    figure : Figure or None
        The one shown now; the page asks for its table when that is folded out.
    told : PictureText
        What is said of it.
    """

    picture = traitlets.Bytes().tag(sync=True)
    told = traitlets.Instance(PictureText).tag(sync=True, to_json=_as_json, from_json=_as_known)

    def __init__(self, title: str, controls: Sequence[Control], draw: Callable[..., Figure]) -> None:
        self._controls = {control.name: control for control in controls}
        self._draw = draw
        self.figure: Figure | None = None
        picture, text = self._step({})
        page_controls = [control.for_page() for control in controls]
        constants = page_types.ShownExplorer(title, [*page_controls], say("figure.numbers"))
        super().__init__(
            ["explorer.js"], "explorer.css", "page.explorer", constants, picture=picture, told=text
        )
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        return f"<Explorer: {self.figure.alt if self.figure else 'nothing drawn'}>"

    def _ipython_display_(self) -> None:
        figure = self.figure._repr_html_() if self.figure else ""
        still = Markup(figure)  # noqa: S704 - HTML, by the name of the method
        self.display_with(Markup("<div class='cx-still'>{}</div>").format(still))

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        message = decode(content, StepMessage)
        if message is None:
            return
        picture, text = self._step(message.values)
        # Only a table that is open is sent. Where nothing could be drawn, that of the picture stays.
        if message.numbers and picture is not None and self.figure is not None:
            text = msgspec.structs.replace(text, numbers=self.figure.numbers())
        with self.hold_sync():
            if picture is not None:
                self.picture = picture
            self.told = msgspec.structs.replace(text, echo=message.id[:_LONGEST_NAME])

    def _step(self, values: Mapping[str, object]) -> tuple[bytes | None, PictureText]:
        """Return picture and words for what the controls say; no picture where it cannot be drawn."""
        valid = {name: control.valid_value(values.get(name)) for name, control in self._controls.items()}
        try:
            figure = self._draw(**valid)
        except CourseError as error:
            last_figure = self.figure
            return (
                None if last_figure else b"",
                PictureText(
                    alt=last_figure.alt if last_figure else "",
                    problem=str(error),
                    ours=isinstance(error, InterfaceChartError),
                ),
            )
        self.figure = figure
        return figure.quick_png(_DPI), PictureText(alt=figure.alt, caption=figure.words())
