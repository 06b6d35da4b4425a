"""Making and repairing the course's environment: a folder `.venv` filled from the lock in `binder/`.

Standard library only: this runs before anything is installed. A marker in the folder tells an environment
that is ready from one whose making was interrupted, and ours from somebody else's.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Collection, Generator, Iterable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from course_lib import paths
from course_lib.errors import SetupError
from course_lib.files import is_full, is_unfinished, remove_unfinished, write_whole
from course_lib.setup.installer import install_requirements
from course_lib.setup.processes import holding_lock, run_until_end

LAYERS = {
    "kernel": "requirements.txt",
    "lab": "requirements-lab.txt",
    "test": "requirements-test.txt",
}
NEEDED_BYTES = 900_000_000


@dataclass(frozen=True)
class Marker:
    """What an environment says of itself in its file `course.json`; empty where there is none.

    Parameters
    ----------
    state : str
        ``ready``, ``installing`` or empty.
    layers : tuple of str
        The names of the layers it holds.
    lock : str
        The SHA-256 of the lock it was filled from.
    python : str
        Its version of Python, such as ``3.11``.
    root : str
        The checkout it was made for.
    """

    state: str = ""
    layers: tuple[str, ...] = ()
    lock: str = ""
    python: str = ""
    root: str = ""

    @classmethod
    def read(cls, path: Path) -> Marker:
        """Return what a file says.

        Parameters
        ----------
        path : Path
            The file.

        Returns
        -------
        Marker
            Empty where there is no such file, or none that can be read.
        """
        try:
            fields = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return cls()
        if not isinstance(fields, dict):
            return cls()
        layers = fields.get("layers")
        texts = {name: str(fields.get(name, "")) for name in ("state", "lock", "python", "root")}
        return cls(layers=tuple(map(str, layers)) if isinstance(layers, list) else (), **texts)

    def write(self, path: Path) -> None:
        """Write the file whole or not at all; fields that are empty are left out.

        Parameters
        ----------
        path : Path
            The file.

        Raises
        ------
        OSError
            Where it cannot be written.
        """
        fields = {name: value for name, value in dataclasses.asdict(self).items() if value}
        write_whole(path, json.dumps(fields, indent=1) + "\n")


class Environment:
    """The environment of one checkout.

    Parameters
    ----------
    root : str or Path
        The checkout.
    windows : bool, optional
        Whether programs lie in `Scripts` and end in `.exe`; by default as this machine has them.
    """

    def __init__(self, root: str | Path, windows: bool = os.name == "nt") -> None:
        self.root = Path(root)
        self.folder = self.root / ".venv"
        self.windows = windows

    def program(self, name: str) -> Path:
        """Return the path of a program of the environment.

        Parameters
        ----------
        name : str
            For instance `python` or `jupyter-lab`.

        Returns
        -------
        Path
            The program, whether it is there or not.
        """
        if self.windows:
            return self.folder / "Scripts" / f"{name}.exe"
        return self.folder / "bin" / name

    @property
    def marker(self) -> Path:
        """The file that tells what the environment holds."""
        return self.folder / "course.json"

    @property
    def log(self) -> Path:
        """Where the installer's own words go."""
        return self.folder / "install.log"

    def lock_files(self, layers: Iterable[str]) -> list[Path]:
        """Return the lock's files for some layers.

        Parameters
        ----------
        layers : Iterable[str]
            Names out of `LAYERS`.

        Returns
        -------
        list of Path
            A file for each layer.

        Raises
        ------
        SetupError
            Where one is missing.
        """
        files = [self.root / "binder" / LAYERS[layer] for layer in layers]
        for file in files:
            if not file.is_file():
                raise SetupError(
                    f"The lock file binder/{file.name} is missing. Fetch the course again, then try again."
                )
        return files

    def expected_marker(self, layers: Iterable[str]) -> Marker:
        """Return what the marker must say for some layers to be ready.

        Parameters
        ----------
        layers : Iterable[str]
            Names out of `LAYERS`.

        Returns
        -------
        Marker
            For the Python that runs this and the lock as it stands.

        Raises
        ------
        SetupError
            Where a file of the lock is missing.
        """
        lock = hashlib.sha256(b"".join(file.read_bytes() for file in self.lock_files(LAYERS))).hexdigest()
        python = f"{sys.version_info.major}.{sys.version_info.minor}"
        return Marker("ready", tuple(layers), lock, python, str(self.root))

    def read_marker(self) -> Marker:
        """Return what the marker says.

        Returns
        -------
        Marker
            Empty where there is none that can be read.
        """
        return Marker.read(self.marker)

    def is_running(self) -> bool:
        """Tell whether this very program runs in the environment.

        Returns
        -------
        bool
            Whether it does.
        """
        return Path(sys.prefix).resolve() == self.folder.resolve()

    def dependencies_met(self) -> bool:
        """Tell whether the Python that runs this has every dependency of the project, recent enough.

        Returns
        -------
        bool
            Whether nothing is missing, too old or too new.
        """
        project = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        for requirement in project["dependencies"]:
            # A name, a lower bound and perhaps an upper one: nothing may be installed yet that reads more.
            name, _, bounds = requirement.partition(">=")
            lowest, _, above = bounds.partition(",<")
            try:
                installed = _version_numbers(metadata.version(name))
            except metadata.PackageNotFoundError:
                return False
            if installed < _version_numbers(lowest) or (above and installed >= _version_numbers(above)):
                return False
        return True

    def is_ready(self, layers: Collection[str]) -> bool:
        """Tell whether nothing has to be done for some layers.

        Parameters
        ----------
        layers : Collection[str]
            Names out of `LAYERS`.

        Returns
        -------
        bool
            Whether the environment was made from the lock as it stands and holds them.

        Raises
        ------
        SetupError
            Where a file of the lock is missing.
        """
        marker = self.read_marker()
        return (
            marker == self.expected_marker(marker.layers)
            and set(layers) <= set(marker.layers)
            and self.program("python").is_file()
        )

    def ensure(self, layers: Sequence[str], say: Callable[[str], object] = print) -> None:
        """Make, complete or repair the environment until it holds some layers; do nothing where it does.

        Parameters
        ----------
        layers : Sequence[str]
            Names out of `LAYERS`.
        say : Callable, optional
            It is given one line per step.

        Raises
        ------
        SetupError
            With one sentence that says what stands in the way.
        """
        if self.is_ready(layers):
            return
        self._refuse_what_cannot_be()
        try:
            with holding_lock(self.root / ".venv.lock"):
                remove_unfinished(self.root)
                if not self.is_ready(layers):
                    self._fill(layers, say)
        except OSError as error:
            told = "The disk is full. Free about 1 GB" if is_full(error) else f"{error}. Put that right"
            raise SetupError(f"The environment could not be made: {told}, then try again.") from None

    def _fill(self, layers: Sequence[str], say: Callable[[str], object]) -> None:
        marker, expected = self.read_marker(), self.expected_marker(layers)
        sound = marker.state == "ready" and self.program("python").is_file()
        keep = sound and (marker.python, marker.root) == (expected.python, expected.root)
        if keep:
            layers = [layer for layer in LAYERS if layer in {*layers, *marker.layers}]
        steps = _Steps(len(layers) + (not keep), say)
        if not keep:
            with steps.step(f"Making .venv with Python {sys.version.split()[0]}"):
                self._make()
        Marker("installing").write(self.marker)
        for layer in layers:
            with steps.step(
                f"Installing what the {layer} needs" if layer != "test" else "Installing the tests' tools"
            ):
                install_requirements(self.program("python"), self.root / "binder" / LAYERS[layer], self.log)
        self._link_checkout()
        # The lock as it was when the installation began; it may have changed since.
        dataclasses.replace(expected, layers=tuple(layers)).write(self.marker)
        say(f"The environment is ready: {self.folder}")

    def _refuse_what_cannot_be(self) -> None:
        # A start that was killed while it wrote its first marker leaves no other file than that.
        if (
            self.folder.exists()
            and not self.marker.exists()
            and not all(map(is_unfinished, self.folder.iterdir()))
        ):
            raise SetupError(
                f"{self.folder} was not made by this course, so it is left alone. "
                "Move it away or rename it, then try again."
            )
        try:
            with tempfile.TemporaryFile(dir=self.root):
                pass
        except OSError:
            raise SetupError(
                f"The folder {self.root} cannot be written to. "
                "Copy the course to a folder of your own, then try again."
            ) from None
        # What is there already is replaced, or need not come again.
        free = shutil.disk_usage(self.root).free + _folder_bytes(self.folder)
        if free < NEEDED_BYTES:
            raise SetupError(
                f"There are {free / 1e6:.0f} MB free in {self.root}, and the course needs about "
                f"{NEEDED_BYTES / 1e6:.0f} MB. Free some space, then try again."
            )

    def _make(self) -> None:
        self.folder.mkdir(exist_ok=True)
        Marker("installing").write(self.marker)
        self._empty()
        bare = ["--without-pip"] if shutil.which("uv") else []
        done = subprocess.run(
            [sys.executable, "-m", "venv", *bare, str(self.folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            with suppress(OSError):
                self._empty()
                self.marker.unlink()
                self.folder.rmdir()
            raise SetupError(
                "Python could not make an environment, since its parts venv and ensurepip are missing. "
                "On Debian or Ubuntu install the package python3-venv; elsewhere install uv. Then try again."
                if "ensurepip" in done.stdout + done.stderr
                else f"Python could not make an environment: {(done.stderr or done.stdout).strip()[-300:]}"
            )

    def _empty(self) -> None:
        """Remove everything but the marker: without it what a kill leaves would be somebody else's."""
        for path in self.folder.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif path != self.marker:
                path.unlink()

    def _link_checkout(self) -> None:
        """Make the checkout importable, and give JupyterLab the course's settings."""
        program = "import sysconfig; print(sysconfig.get_path('purelib'))"
        command = [str(self.program("python")), "-c", program]
        packages = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
        # A path file makes the checkout importable without building anything, so it works offline.
        write_whole(Path(packages) / "course.pth", f"{self.root}\n")
        settings = self.folder / "share" / "jupyter" / "lab" / "settings"
        settings.mkdir(parents=True, exist_ok=True)
        overrides = paths.PACKAGE / "setup" / "overrides.json"
        write_whole(settings / overrides.name, overrides.read_bytes())


def checkout_environment() -> Environment | None:
    """Return the environment of the checkout that this runs from.

    Returns
    -------
    Environment or None
        None where the course is installed as a package.
    """
    return Environment(paths.CHECKOUT) if paths.CHECKOUT else None


def run_inside(arguments: Sequence[str]) -> int | None:
    """Run a command of the course in the checkout's environment, unless this Python has what it needs.

    Parameters
    ----------
    arguments : Sequence[str]
        The command and its arguments as they were typed.

    Returns
    -------
    int or None
        Its exit status; None where nothing was run, since it can run right here.

    Raises
    ------
    SetupError
        Where the environment has to be made and cannot.
    """
    environment = checkout_environment()
    if environment is None or environment.is_running() or environment.dependencies_met():
        return None
    environment.ensure(["kernel", "lab"])
    return run_until_end([str(environment.program("python")), "-m", "course_lib", *arguments])


class _Steps:
    def __init__(self, total: int, say: Callable[[str], object]) -> None:
        self.number, self.total, self.say = 0, total, say

    @contextmanager
    def step(self, what: str) -> Generator[None]:
        self.number += 1
        self.say(f"[{self.number}/{self.total}] {what} ...")
        began = time.monotonic()
        yield
        self.say(f"[{self.number}/{self.total}] done in {time.monotonic() - began:.0f} s")


def _folder_bytes(folder: Path) -> int:
    return sum(os.lstat(Path(where, name)).st_size for where, _, names in os.walk(folder) for name in names)


def _version_numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
