"""Write the lock: every package the course needs, pinned and hashed, in three layers.

    python3 binder/lock.py             after pyproject.toml has changed; keeps the pins that still fit
    python3 binder/lock.py --upgrade   takes the newest versions

Needs `uv`. The layers are what a kernel needs (requirements.txt, which Binder reads), what JupyterLab adds
and what the tests add. Each package stands in one layer only, and no file names where packages come from.
requirements-binder.txt stands beside them: what only Binder adds, without what it needs, which is there.
"""

import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))
# Newer ones have no wheel for macOS on Intel processors.
CONSTRAINTS = "argon2-cffi-bindings<26\n"
# The course runs on the usual Python only.
PYPY = "implementation_name == 'pypy'"
LAYERS = {
    "requirements.txt": "What a kernel needs; Binder reads this file.",
    "requirements-lab.txt": "What JupyterLab adds to requirements.txt.",
    "requirements-test.txt": "What the tests add to requirements.txt and requirements-lab.txt.",
}
# Fetches lessons from another repository when a link is followed. Binder's image has what it needs, and
# another JupyterLab must not come along.
ON_BINDER = ("requirements-binder.txt", "What only Binder adds, without dependencies.", "nbgitpuller>=1.3")


def layer_requirements() -> list[list[str]]:
    """Return the requirements of each layer, those of the layers before it included.

    Returns
    -------
    list of list of str
        In the order of `LAYERS`.
    """
    run: list[str] = PROJECT["project"]["dependencies"]
    kernel = [requirement for requirement in run if not requirement.startswith("jupyterlab")]
    groups = PROJECT["dependency-groups"]
    tests = [requirement for requirement in groups["test"] if isinstance(requirement, str)]
    return [kernel, run, [*run, *tests, *groups["lint"]]]


def compile_pins(
    requirements: Iterable[str], constraints: str, upgrade: bool, alone: bool = False
) -> dict[str, str]:
    """Return the pins of some requirements.

    Parameters
    ----------
    requirements : Iterable[str]
        What is asked for.
    constraints : str
        The text of a file of pins that are kept where they still fit.
    upgrade : bool
        Whether to take the newest versions instead.
    alone : bool, default False
        Whether only the requirements themselves are pinned, not what they need.

    Returns
    -------
    dict of str to str
        From the line of a package, such as ``pandas==3.0.0``, to its block with hashes.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, kept, out = (Path(folder) / name for name in ("asked.in", "held.txt", "out.txt"))
        source.write_text("\n".join(requirements), encoding="utf-8")
        kept.write_text(CONSTRAINTS + constraints, encoding="utf-8")
        command = ["uv", "pip", "compile", str(source), "-c", str(kept), "-o", str(out)]
        command += ["--universal", "--quiet", "--python-version", "3.11", "--generate-hashes"]
        command += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
        command += ["--no-build"]
        command += (["--upgrade"] if upgrade else []) + (["--no-deps"] if alone else [])
        subprocess.run(command, check=True)
        blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", out.read_text(encoding="utf-8"))
    return {block.splitlines()[0].rstrip(" \\"): block for block in blocks if block.strip()}


def write_layer(name: str, purpose: str, blocks: Iterable[str]) -> None:
    """Write a file of the lock and say how many pins are in it.

    Parameters
    ----------
    name : str
        Of the file.
    purpose : str
        A sentence that stands above the pins.
    blocks : Iterable[str]
        The pins with their hashes.
    """
    blocks = list(blocks)
    text = f"# {purpose} Written by binder/lock.py.\n{''.join(blocks)}"
    (HERE / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(blocks)} pins")


def main() -> None:
    """Write the four files."""
    upgrade = "--upgrade" in sys.argv
    old = "".join((HERE / name).read_text(encoding="utf-8") for name in LAYERS if (HERE / name).is_file())
    pins = "" if upgrade else "\n".join(re.findall(r"(?m)^[A-Za-z0-9][^\\\n]*", old))
    layers = layer_requirements()
    # Markers are those of the whole: what one layer needs on some systems a later one may need on all.
    lines: dict[str, list[str]] = {}
    whole = compile_pins(layers[-1], pins, upgrade)
    for line in sorted(whole):
        lines.setdefault(_package(line), []).append(line)
    fixed = "\n".join(line for group in lines.values() for line in group)
    placed: set[str] = set()
    for (name, purpose), requirements in zip(LAYERS.items(), layers, strict=True):
        needed = {_package(line) for line in compile_pins(requirements, fixed, False) if PYPY not in line}
        write_layer(
            name, purpose, [whole[line] for package in sorted(needed - placed) for line in lines[package]]
        )
        placed |= needed
    name, purpose, requirement = ON_BINDER
    write_layer(name, purpose, compile_pins([requirement], "", upgrade, alone=True).values())


def _package(line: str) -> str:
    """Return the name of the package in a line of the lock."""
    return line.split("==")[0]


if __name__ == "__main__":
    main()
