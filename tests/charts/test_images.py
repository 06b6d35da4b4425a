"""Six figures compared with the pictures of them that were looked at; other tests ask the artists.

    .venv/bin/pytest tests/charts/test_images.py --mpl-generate-path=tests/charts/baseline

writes the pictures anew; look at each before committing it.
"""

import sys

import gallery
import pytest

from course_lib.charts.figure import STYLE

FLAGSHIPS = [
    "kinds_by_section",
    "deaths_by_counter",
    "place_map",
    "lists_at",
    "signed_network",
    "outcome_rates",
]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="pictures are compared on one platform")
@pytest.mark.mpl_image_compare(
    baseline_dir="baseline", style=str(STYLE), tolerance=4, savefig_kwargs={"dpi": 60}
)
@pytest.mark.parametrize("name", FLAGSHIPS)
def test_the_picture_is_the_one_that_was_looked_at(name):
    """A small difference in smoothing is no difference."""
    return gallery.draw(name)
