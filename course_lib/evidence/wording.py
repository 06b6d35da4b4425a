"""One way of putting words together for plain text and for HTML, so that a card is written once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from markupsafe import Markup, escape

from course_lib.markup import lesson_text, say_html
from course_lib.messages import isolate, say

T = TypeVar("T", bound=str)


@dataclass(frozen=True)
class Wording(Generic[T]):
    """How a kind of text is made.

    Attributes
    ----------
    say : callable
        Returns a message of the course, its values in their places.
    lesson : callable
        Returns a text in the language of the lessons, marked as such where the interface has another.
    plain : callable
        Returns a text that is in no language, such as a number or a sign.
    """

    say: Callable[..., T]
    lesson: Callable[[str], T]
    plain: Callable[[str], T]

    def join(self, separator: str, parts: Iterable[T]) -> T:
        """Return parts as one text.

        Parameters
        ----------
        separator : str
            What stands between them.
        parts : iterable
            Texts of this kind.

        Returns
        -------
        str
            Of the same kind.
        """
        return cast(T, self.plain(separator).join(parts))


TEXT: Wording[str] = Wording(say, isolate, str)
HTML: Wording[Markup] = Wording(say_html, lesson_text, escape)
