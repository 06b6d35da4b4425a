"""What a student can be asked, and how an answer is graded: pure rules on typed questions.

A question bank is one TOML file per lesson. `load` reads its text and names every fault at once;
`public_view` is what may be shown before an answer; `grade` grades an answer and picks the feedback.
"""

from course_lib.items.answers import (
    PublicRow,
    PublicView,
    key_answer,
    key_lines,
    public_view,
    valid_answer,
)
from course_lib.items.banks import SOURCE_LINK, load
from course_lib.items.grading import (
    confidence_note,
    grade,
)
from course_lib.items.lint import (
    CHOICES,
)
from course_lib.items.results import MessageRef, MessageValue, Note, Result, State
from course_lib.items.typed_numbers import (
    parse_numbers,
    within_tolerance,
)
from course_lib.items.types import (
    LONGEST_ANSWER,
    SHARED_ROLES,
    SURE,
    TYPES,
    Accepted,
    Answer,
    Bank,
    BankHead,
    FigureSpec,
    Grid,
    GridRow,
    Item,
    Match,
    Matrix,
    MatrixRow,
    Mistake,
    Multiple,
    Number,
    Option,
    OptionRole,
    Order,
    Pair,
    Probability,
    Question,
    Role,
    Single,
    Step,
    Text,
    Word,
)
from course_lib.items.versions import (
    version_of,
)

__all__ = [
    "CHOICES",
    "LONGEST_ANSWER",
    "SHARED_ROLES",
    "SOURCE_LINK",
    "SURE",
    "TYPES",
    "Accepted",
    "Answer",
    "Bank",
    "BankHead",
    "FigureSpec",
    "Grid",
    "GridRow",
    "Item",
    "Match",
    "Matrix",
    "MatrixRow",
    "MessageRef",
    "MessageValue",
    "Mistake",
    "Multiple",
    "Note",
    "Number",
    "Option",
    "OptionRole",
    "Order",
    "Pair",
    "Probability",
    "PublicRow",
    "PublicView",
    "Question",
    "Result",
    "Role",
    "Single",
    "State",
    "Step",
    "Text",
    "Word",
    "confidence_note",
    "grade",
    "key_answer",
    "key_lines",
    "load",
    "parse_numbers",
    "public_view",
    "valid_answer",
    "version_of",
    "within_tolerance",
]
