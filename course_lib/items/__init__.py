"""What a student can be asked, and how an answer is graded: pure rules on typed questions.

A question bank is one TOML file per lesson. `load` reads its text and names every fault at once;
`public` is what may be shown before an answer; `grade` marks an answer and picks the feedback.
"""

from course_lib.items.authoring import advice, schema
from course_lib.items.banks import CHOICES, SOURCE_LINK, Bank, load
from course_lib.items.grading import Note, Result, confidence_note, grade, readings
from course_lib.items.jupyterquiz import from_jupyterquiz
from course_lib.items.questions import (
    LONGEST_ANSWER,
    SURE,
    TYPES,
    Figure,
    Grid,
    Line,
    Match,
    Matrix,
    Mistake,
    Multiple,
    Number,
    Option,
    Order,
    Pair,
    Probability,
    Row,
    Single,
    Step,
    Text,
    Word,
    key_answer,
    key_lines,
    public,
    valid_answer,
)

__all__ = [
    "CHOICES",
    "LONGEST_ANSWER",
    "SOURCE_LINK",
    "SURE",
    "TYPES",
    "Bank",
    "Figure",
    "Grid",
    "Line",
    "Match",
    "Matrix",
    "Mistake",
    "Multiple",
    "Note",
    "Number",
    "Option",
    "Order",
    "Pair",
    "Probability",
    "Result",
    "Row",
    "Single",
    "Step",
    "Text",
    "Word",
    "advice",
    "confidence_note",
    "from_jupyterquiz",
    "grade",
    "key_answer",
    "key_lines",
    "load",
    "public",
    "readings",
    "schema",
    "valid_answer",
]
