"""The figures, grouped by what they are about: a table goes in, a figure with alternative text comes out.

article   the article itself: kinds of claim by section, hedges along the text
"""

from course_lib.charts.article import hedge_strip, kinds_by_section

__all__ = ["hedge_strip", "kinds_by_section"]
