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


def wanted():
    """Return the requirements of each layer, those of the layers before it included."""
    run = PROJECT["project"]["dependencies"]
    kernel = [one for one in run if not one.startswith("jupyterlab")]
    groups = PROJECT["dependency-groups"]
    tests = [one for one in groups["test"] if isinstance(one, str)]
    return [kernel, run, [*run, *tests, *groups["lint"]]]


def compiled(requirements, constraints, upgrade, alone=False):
    """Return the pins of these requirements: a dict from the package's line to its block of hashes.

    With `alone` only they themselves are pinned, not what they need.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked, held, out = (Path(folder) / name for name in ("asked.in", "held.txt", "out.txt"))
        asked.write_text("\n".join(requirements), encoding="utf-8")
        held.write_text(CONSTRAINTS + constraints, encoding="utf-8")
        command = [
            "uv",
            "pip",
            "compile",
            str(asked),
            "-c",
            str(held),
            "-o",
            str(out),
            "--universal",
            "--quiet",
        ]
        command += ["--python-version", "3.11", "--generate-hashes", "--no-header", "--no-annotate"]
        command += ["--no-emit-index-url", "--no-emit-find-links", "--no-build"]
        command += (["--upgrade"] if upgrade else []) + (["--no-deps"] if alone else [])
        subprocess.run(command, check=True)
        blocks = re.split(r"(?m)^(?=[A-Za-z0-9])", out.read_text(encoding="utf-8"))
    return {block.splitlines()[0].rstrip(" \\"): block for block in blocks if block.strip()}


def main():
    """Write the four files."""
    upgrade = "--upgrade" in sys.argv
    old = "".join((HERE / name).read_text(encoding="utf-8") for name in LAYERS if (HERE / name).is_file())
    pins = "" if upgrade else "\n".join(re.findall(r"(?m)^[A-Za-z0-9][^\\\n]*", old))
    # Markers are those of the whole: what one layer needs on some systems a later one may need on all.
    everything = {}
    for line, block in sorted(compiled(wanted()[-1], pins, upgrade).items()):
        everything.setdefault(line.split("==")[0], []).append((line, block))
    fixed = "\n".join(line for lines in everything.values() for line, _ in lines)
    seen = set()
    for (name, purpose), requirements in zip(LAYERS.items(), wanted(), strict=True):
        found = {line.split("==")[0] for line in compiled(requirements, fixed, False) if PYPY not in line}
        blocks = [block for one in sorted(found - seen) for _, block in everything[one]]
        seen |= found
        (HERE / name).write_text(
            f"# {purpose} Written by binder/lock.py.\n{''.join(blocks)}", encoding="utf-8"
        )
        print(f"{name}: {len(blocks)} pins")
    name, purpose, requirement = ON_BINDER
    blocks = compiled([requirement], "", upgrade, alone=True).values()
    (HERE / name).write_text(f"# {purpose} Written by binder/lock.py.\n{''.join(blocks)}", encoding="utf-8")
    print(f"{name}: {len(blocks)} pins")


if __name__ == "__main__":
    main()
