"""Making and repairing the course's environment: a folder `.venv` filled from the lock in `binder/`.

Standard library only: this runs before anything is installed. A marker in the folder tells an environment
that is ready from one whose making was interrupted, and ours from somebody else's.
"""

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
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from course_lib import paths
from course_lib.errors import SetupError

LAYERS = {
    "kernel": "requirements.txt",
    "lab": "requirements-lab.txt",
    "test": "requirements-test.txt",
}
NEEDED_BYTES = 900_000_000
_SIGNS = (
    ("No space left on device", "The disk is full. Free about 1 GB, then try again."),
    ("os error 28", "The disk is full. Free about 1 GB, then try again."),
    (
        "THESE PACKAGES DO NOT MATCH THE HASHES",
        "A downloaded package differs from the lock. Try again later.",
    ),
    ("Hash mismatch", "A downloaded package differs from the lock. Try again later."),
    (
        r"Could not find a version|No matching distribution|Failed to fetch|error sending request|"
        r"NewConnectionError|Max retries|Temporary failure|Connection refused|no versions? of",
        "The packages could not be fetched: there is no network, or the package index cannot be reached. "
        "Connect, then try again.",
    ),
)


class Environment:
    """The environment of one checkout.

    Parameters: `root` the checkout; `windows` whether programs lie in `Scripts` and end in `.exe`.
    """

    def __init__(self, root, windows=os.name == "nt"):
        self.root = Path(root)
        self.folder = self.root / ".venv"
        self.windows = windows

    def program(self, name):
        """Return the path of a program of the environment, for instance `python` or `jupyter-lab`."""
        return (
            self.folder / ("Scripts" if self.windows else "bin") / (name + (".exe" if self.windows else ""))
        )

    @property
    def marker(self):
        """The file that tells what the environment holds."""
        return self.folder / "course.json"

    @property
    def log(self):
        """Where the installer's own words go."""
        return self.folder / "install.log"

    def lock_files(self, layers):
        """Return the lock's files for these layers; a missing one is an error."""
        files = [self.root / "binder" / LAYERS[layer] for layer in layers]
        for file in files:
            if not file.is_file():
                raise SetupError(
                    f"The lock file binder/{file.name} is missing. Fetch the course again, then try again."
                )
        return files

    def wanted(self, layers):
        """Return what the marker must say for these layers to be ready."""
        lock = hashlib.sha256(b"".join(file.read_bytes() for file in self.lock_files(LAYERS))).hexdigest()
        python = "{}.{}".format(*sys.version_info)
        return {
            "state": "ready",
            "layers": list(layers),
            "lock": lock,
            "python": python,
            "root": str(self.root),
        }

    def found(self):
        """Return what the marker says, or {} where there is none that can be read."""
        try:
            return json.loads(self.marker.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def is_running(self):
        """Tell whether this very program runs in the environment."""
        return Path(sys.prefix).resolve() == self.folder.resolve()

    def dependencies_met(self):
        """Tell whether the Python that runs this has every dependency of the project, recent enough."""
        project = tomllib.loads((self.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        for requirement in project["dependencies"]:
            # A name, a lower bound and perhaps an upper one: nothing may be installed yet that reads more.
            name, _, bounds = requirement.partition(">=")
            lowest, _, above = bounds.partition(",<")
            try:
                found = _numbers(metadata.version(name))
            except metadata.PackageNotFoundError:
                return False
            if found < _numbers(lowest) or (above and found >= _numbers(above)):
                return False
        return True

    def ready(self, layers):
        """Tell whether nothing has to be done for these layers."""
        wanted, found = self.wanted(layers), self.found()
        same = all(found.get(name) == wanted[name] for name in ("state", "lock", "python", "root"))
        return same and set(layers) <= set(found.get("layers", ())) and self.program("python").is_file()

    def ensure(self, layers, say=print):
        """Make, complete or repair the environment until it holds these layers; do nothing where it does.

        Parameters: `layers` names out of `LAYERS`; `say` is given one line per step.
        Raises: `SetupError` with one sentence that says what stands in the way.
        """
        if self.ready(layers):
            return
        self._may_write()
        with self._alone():
            if self.ready(layers):
                return
            found, wanted = self.found(), self.wanted(layers)
            sound = found.get("state") == "ready" and self.program("python").is_file()
            keep = sound and all(found.get(name) == wanted[name] for name in ("python", "root"))
            if keep:
                layers = [layer for layer in LAYERS if layer in {*layers, *found["layers"]}]
            steps = _Steps(len(layers) + (not keep), say)
            if not keep:
                with steps.step(f"Making .venv with Python {sys.version.split()[0]}"):
                    self._make()
            self._mark({"state": "installing"})
            for layer in layers:
                with steps.step(
                    f"Installing what the {layer} needs" if layer != "test" else "Installing the tests' tools"
                ):
                    self._install(layer)
            self._link()
            self._mark({**wanted, "layers": list(layers)})
            say(f"The environment is ready: {self.folder}")

    def _may_write(self):
        if self.folder.exists() and not self.marker.exists() and any(self.folder.iterdir()):
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
        free = shutil.disk_usage(self.root).free
        if free < NEEDED_BYTES:
            raise SetupError(
                f"There are {free / 1e6:.0f} MB free in {self.root}, and the course needs about "
                f"{NEEDED_BYTES / 1e6:.0f} MB. Free some space, then try again."
            )

    @contextmanager
    def _alone(self):
        # Two starts at once would install over each other.
        lock = self.root / ".venv.lock"
        for _ in range(2):
            try:
                handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
                break
            except FileExistsError:
                if _lives(lock):
                    raise SetupError(
                        "Another start or test of this course is installing right now. "
                        f"Wait until it has ended, then try again. If there is none, delete {lock}."
                    ) from None
                lock.unlink(missing_ok=True)
        os.write(handle, str(os.getpid()).encode())
        os.close(handle)
        try:
            yield
        finally:
            lock.unlink(missing_ok=True)

    def _make(self):
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.folder.mkdir()
        self._mark({"state": "installing"})
        bare = ["--without-pip"] if shutil.which("uv") else []
        done = subprocess.run(
            [sys.executable, "-m", "venv", *bare, str(self.folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise SetupError(
                "Python could not make an environment, since its parts venv and ensurepip are missing. "
                "On Debian or Ubuntu install the package python3-venv; elsewhere install uv. Then try again."
                if "ensurepip" in done.stdout + done.stderr
                else f"Python could not make an environment: {(done.stderr or done.stdout).strip()[-300:]}"
            )

    def _install(self, layer):
        file = str(self.root / "binder" / LAYERS[layer])
        if uv := shutil.which("uv"):
            command = [uv, "pip", "install", "--python", str(self.program("python")), "--require-hashes"]
            command += ["--only-binary", ":all:", "--compile-bytecode", "-r", file]
        else:
            command = [
                str(self.program("python")),
                "-m",
                "pip",
                "install",
                "--require-hashes",
                "--only-binary",
            ]
            command += [":all:", "--no-deps", "--disable-pip-version-check", "--no-input", "-r", file]
        if uv:
            command.insert(3, "--no-deps")
        with self.log.open("a", encoding="utf-8") as log:
            log.write(f"\n{' '.join(command)}\n")
            log.flush()
            start = log.tell()
            done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, check=False)
        if done.returncode:
            said = self.log.read_bytes()[start:].decode("utf-8", "replace")
            for sign, sentence in _SIGNS:
                if re.search(sign, said):
                    raise SetupError(f"{sentence} The installer's own words are in {self.log}.")
            raise SetupError(f"The installation failed. The installer's own words are in {self.log}.")

    def _link(self):
        python = self.program("python")
        asked = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
        packages = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        # A path file makes the checkout importable without building anything, so it works offline.
        (Path(packages) / "course.pth").write_text(f"{self.root}\n", encoding="utf-8")
        settings = self.folder / "share" / "jupyter" / "lab" / "settings"
        settings.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(paths.PACKAGE / "setup" / "overrides.json", settings / "overrides.json")

    def _mark(self, state):
        fresh = self.marker.with_suffix(".new")
        fresh.write_text(json.dumps(state, indent=1) + "\n", encoding="utf-8")
        os.replace(fresh, self.marker)


def run_until_end(command, **options):
    """Run a program until it ends; return its exit status.

    Ctrl-C reaches the program too, which may ask before it ends, or tidies up and says what is true of it.
    """
    with subprocess.Popen(command, **options) as inner:
        while True:
            try:
                return inner.wait()
            except KeyboardInterrupt:
                continue


class _Steps:
    def __init__(self, total, say):
        self.number, self.total, self.say = 0, total, say

    @contextmanager
    def step(self, what):
        self.number += 1
        self.say(f"[{self.number}/{self.total}] {what} ...")
        began = time.monotonic()
        yield
        self.say(f"[{self.number}/{self.total}] done in {time.monotonic() - began:.0f} s")


def _numbers(version):
    return [int(part) for part in re.findall(r"\d+", version)]


def _lives(lock):
    try:
        number = int(lock.read_text(encoding="ascii"))
    except (OSError, ValueError):
        # Just made and not yet written, or damaged: young ones belong to somebody.
        return lock.exists() and time.time() - lock.stat().st_mtime < 60
    if os.name == "nt":
        return time.time() - lock.stat().st_mtime < 3600
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
