"""A real JupyterLab and a real browser, driven as a student would."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from course_lib import paths
from course_lib.setup.doctor import find_chromium

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-sync", "--no-first-run", "--disable-quic"]
STEM = "01_reading_the_article"
SESSION = "window.jupyterapp.shell.currentWidget.sessionContext"
IDLE = """async () => {
  const session = window.jupyterapp?.shell.currentWidget?.sessionContext;
  if (!session) return false;
  await session.ready;
  const kernel = session.session?.kernel;
  if (!kernel) return false;
  await kernel.info;
  return kernel.connectionStatus === 'connected' && kernel.status === 'idle';
}"""
SAVE = "() => window.jupyterapp.commands.execute('docmanager:save')"
# What still arrives from the kernel while a notebook is saved leaves it unsaved.
SAVED = f"""async () => {{
  const {{ model }} = window.jupyterapp.shell.currentWidget.context;
  if (model.dirty) await ({SAVE})();
  return !model.dirty;
}}"""
CELLS = "() => window.jupyterapp.shell.currentWidget.content.model.cells.length"
NAME = "() => window.jupyterapp.shell.currentWidget.context.path.split('/').pop()"
THEMED = """(name) => document.body.dataset.jpThemeName === name
  && !document.getElementById("jupyterlab-splash")"""
# Beside and under a notebook JupyterLab has little else.
FOLLOWED = """([width, height]) => {
  const place = document.querySelector(".jp-WindowedPanel-outer").getBoundingClientRect();
  return Math.abs(width - place.right) < 100 && Math.abs(height - place.bottom) < 100;
}"""
NOT_OURS = (
    # JupyterLab's, where a restart comes while it still prepares a widget's channel.
    "subshell creation failed",
    # anywidget's, where a widget is not ready within two seconds; ours works none the less (test_adapts.py).
    "[anywidget] Failed to initialize model",
)
WIDE = """() => [...document.querySelectorAll('.cq, .cq form')]
  .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent.slice(0, 60))"""


def free_port():
    """A port of the loopback address that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def running_lab(base, prefix="/"):
    """A JupyterLab in this folder, on copies of the lessons, with a student's folder of its own.

    Parameters: `prefix` the base address under which it answers, as a hub gives it one.
    Gives the folder and the address.
    """
    shutil.copytree(paths.LESSONS, base / "lessons", ignore=shutil.ignore_patterns("items", ".*"))
    settings = base / "settings"
    notes = settings / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    notes.parent.mkdir(parents=True)
    notes.write_text(json.dumps({"fetchNews": "false", "checkForUpdates": False}), encoding="utf-8")
    # The course's own settings, which its environment has, come along into any other.
    ours = base / "config" / "labconfig" / "default_setting_overrides.json"
    ours.parent.mkdir(parents=True)
    shutil.copyfile(paths.PACKAGE / "setup" / "overrides.json", ours)
    environment = {
        **os.environ,
        "COURSE_HOME": str(base),
        "JUPYTER_CONFIG_DIR": str(base / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(settings),
        "JUPYTERLAB_WORKSPACES_DIR": str(base / "workspaces"),
        "IPYTHONDIR": str(base / "ipython"),
    }
    command = [str(Path(sys.executable).with_name("jupyter-lab")), "--LabApp.expose_app_in_browser=True"]
    command += [f"--ServerApp.base_url={prefix}"]
    with serving(command, base, environment, base / "lab.log") as address:
        yield base, address + prefix.rstrip("/")


@contextlib.contextmanager
def serving(command, folder, environment, log):
    """A Jupyter server started by this command, rooted in a folder; gives its address. Its token is t."""
    port = free_port()
    command = [*command, "--no-browser", f"--port={port}", "--ServerApp.port_retries=0"]
    command += ["--IdentityProvider.token=t", f"--ServerApp.root_dir={folder}"]
    command += ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with log.open("w", encoding="utf-8") as told:
        running = subprocess.Popen(command, env=environment, stdout=told, stderr=subprocess.STDOUT)
        try:
            while running.poll() is None:
                with socket.socket() as one:
                    if one.connect_ex(("127.0.0.1", port)) == 0:
                        break
            assert running.poll() is None, log.read_text(encoding="utf-8")
            yield f"http://127.0.0.1:{port}"
        finally:
            running.terminate()
            # It ends its kernels first, which takes long on a busy machine.
            running.wait(120)


@contextlib.contextmanager
def running_browser():
    """A Chromium without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(find_chromium()), args=FLAGS)
        yield opened
        opened.close()


def notebook(path, *sources, heading="Questions"):
    """Write a notebook with a heading and these code cells."""
    text = {"cell_type": "markdown", "id": "h", "metadata": {}, "source": f"# {heading}"}
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    cells = [text] + [{**cell, "id": f"c{n}", "source": source} for n, source in enumerate(sources)]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    book = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(book), encoding="utf-8")


class Desk:
    """A page with the lesson open, as a student has it before them."""

    def __init__(self, browser, lab, width=1280, height=900, stem=STEM, first="", **how):
        self.base, self.address = lab
        self.page = browser.new_page(viewport={"width": width, "height": height}, **how)
        self.page.set_default_timeout(60_000)
        self.page.add_init_script(first)
        self.errors, self.frames = [], []
        self.page.on(
            "pageerror",
            lambda error: self.errors.append(f"{error.name}: {error.message} {(error.stack or '')[:600]}"),
        )
        self.page.on(
            "websocket", lambda one: one.on("framereceived", lambda frame: self.frames.append(frame))
        )
        self.page.goto(f"{self.address}/doc/tree/lessons/{stem}.ipynb?token=t&reset")
        self.rest()

    def rest(self):
        """Wait until the notebook stands there and its kernel has nothing to do."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self.page.wait_for_function(IDLE)

    def run_all(self):
        """Run every cell, and wait until the last one has its output and the kernel rests."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_function(IDLE)
        self.page.wait_for_function(
            """() => { const cells = window.jupyterapp.shell.currentWidget.content.model.cells;
              return cells.get(cells.length - 1).outputs.length > 0; }"""
        )
        self.page.evaluate("() => document.querySelector('.jp-WindowedPanel-outer').scrollTo(0, 0)")

    def cells(self):
        """How many cells the notebook has."""
        return self.page.evaluate(CELLS)

    def resize(self, width, height):
        """Give the window another size, and wait until the notebook has followed."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_function(FOLLOWED, arg=[width, height])

    def theme(self, name):
        """Change JupyterLab's theme, and wait until it is there and what covers the change is gone."""
        change = "(theme) => window.jupyterapp.commands.execute('apputils:change-theme', { theme })"
        self.page.evaluate(change, name)
        self.page.wait_for_function(THEMED, arg=name)

    def save(self):
        """Save the notebook and return its path."""
        self.page.evaluate(SAVE)
        self.page.wait_for_function(SAVED)
        return self.base / "lessons" / self.page.evaluate(NAME)

    def too_wide(self):
        """The parts of the questions that are wider than their place."""
        return self.page.evaluate(WIDE)

    def form(self, words, group=None):
        """The question whose stem holds these words, in view; `group` counts the groups, or all."""
        within = self.page if group is None else self.page.locator(".cq").nth(group)
        form = within.locator("form").filter(has_text=words).last
        form.scroll_into_view_if_needed()
        return form

    def restart(self):
        """Restart the kernel, as the menu does."""
        self.page.evaluate(f"async () => {{ await {SESSION}.session.kernel.restart(); }}")
        self.page.wait_for_function(IDLE)

    def leave(self):
        """End the kernel and the page."""
        self.page.evaluate(f"async () => {{ await {SESSION}.shutdown(); }}")
        self.page.close()

    def close(self):
        """End the kernel and the page; whatever the page threw fails the test."""
        self.leave()
        ours = [error for error in self.errors if not any(known in error for known in NOT_OURS)]
        assert ours == [], "\n".join(ours)
