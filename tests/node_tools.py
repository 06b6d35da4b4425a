"""Tests that need what npm fetches: skipped on a machine without it, failed where CI should have it."""

import os

import pytest


def report_missing(what, remedy):
    """Skip the test, or fail it in CI; `WITHOUT_NODE_TOOLS` says that whoever started the tests knows.

    .ci/run sets that where npm is missing or reaches no registry, and the workflow in jobs that are about
    something else.
    """
    if os.environ.get("CI") and not os.environ.get("WITHOUT_NODE_TOOLS"):
        pytest.fail(
            f"{what}, so this test did not run; CI needs it. {remedy} before the tests, or set "
            "WITHOUT_NODE_TOOLS=1 where another job runs it.",
            pytrace=False,
        )
    pytest.skip(f"{what}; {remedy[0].lower()}{remedy[1:]} to run this test")
