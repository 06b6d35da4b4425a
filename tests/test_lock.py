"""The lock: complete, hashed, in layers, and naming no place where packages come from."""

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from course_lib import paths
from course_lib.setup.environment import LAYERS

FILES = {
    layer: (paths.CHECKOUT / "binder" / name).read_text(encoding="utf-8") for layer, name in LAYERS.items()
}
PROJECT = tomllib.loads((paths.CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = PROJECT["dependency-groups"]
RUN = PROJECT["project"]["dependencies"]
ASKED = {
    "kernel": [one for one in RUN if not one.startswith("jupyterlab")],
    "lab": [one for one in RUN if one.startswith("jupyterlab")],
    "test": [*(one for one in GROUPS["test"] if isinstance(one, str)), *GROUPS["lint"]],
}


def pins(layer):
    """The pins of a layer as requirements, with the number of hashes of each."""
    blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", re.sub(r"(?m)^#.*\n", "", FILES[layer]))
    return [
        (Requirement(block.splitlines()[0].rstrip(" \\")), block.count("--hash=sha256:"))
        for block in blocks
        if block
    ]


def here(layer):
    """The names and versions pinned for this machine's Python and system."""
    fitting = [pin for pin, _ in pins(layer) if pin.marker is None or pin.marker.evaluate()]
    return {canonicalize_name(pin.name): str(pin.specifier).removeprefix("==") for pin in fitting}


@pytest.mark.parametrize("layer", LAYERS)
def test_every_requirement_is_pinned_in_its_layer(layer):
    """The project file and the lock say the same."""
    held = here(layer)
    for asked in map(Requirement, ASKED[layer]):
        assert asked.specifier.contains(held[canonicalize_name(asked.name)]), asked


@pytest.mark.parametrize("layer", LAYERS)
def test_every_pin_is_exact_and_hashed(layer):
    """Nothing is installed that was not seen when the lock was written."""
    assert pins(layer)
    for pin, hashes in pins(layer):
        assert str(pin.specifier).startswith("=="), pin
        assert hashes >= 1, pin


def test_a_package_stands_in_one_layer_only():
    """The layers add up without overlap."""
    names = [name for layer in LAYERS for name in {canonicalize_name(pin.name) for pin, _ in pins(layer)}]
    assert len(names) == len(set(names))


def test_a_kernel_does_not_bring_its_own_desk():
    """Binder has a JupyterLab already; a second one would break it."""
    assert not {"jupyterlab", "jupyter-server", "notebook"} & here("kernel").keys()


@pytest.mark.parametrize("layer", LAYERS)
def test_the_lock_names_no_place(layer):
    """No address, no index, no folder of a machine stands in the lock."""
    assert re.findall(r"https?:|://|--index|--find-links|file:|(?<!\w)/\w+/", FILES[layer]) == []


def test_every_pin_is_needed_and_every_need_is_pinned():
    """What the requirements need in turn is in the lock, and nothing else is."""
    locked = {name: version for layer in LAYERS for name, version in here(layer).items()}
    needed, open_ = set(), [Requirement(one) for asked in ASKED.values() for one in asked]
    while open_:
        one = open_.pop()
        key = (canonicalize_name(one.name), frozenset(one.extras))
        if key in needed:
            continue
        needed.add(key)
        for text in metadata.requires(one.name) or ():
            child = Requirement(text)
            if child.marker is None or any(
                child.marker.evaluate({"extra": extra}) for extra in ("", *one.extras)
            ):
                open_.append(child)
    assert {name for name, _ in needed} == locked.keys()


def test_what_is_installed_is_what_is_locked():
    """The tests run on the versions that students get."""
    locked = {name: version for layer in LAYERS for name, version in here(layer).items()}
    others = {name: found for name in locked if (found := metadata.version(name)) != locked[name]}
    if others and not (Path(sys.prefix) / "course.json").exists():
        pytest.skip(
            f"this environment was not made from the lock; it has other versions of {', '.join(others)}"
        )
    assert others == {}
