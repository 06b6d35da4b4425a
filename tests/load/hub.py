"""A class on a real JupyterHub, on this machine: students log in, open a lesson, run it and answer.

.venv/bin/python tests/load/hub.py [STUDENTS] [--together N]

Starts a JupyterHub on the loopback address with the course's own configuration (binder/hub/course.py), lets
so many students work, at most N at the same moment, and prints failures, waiting times and memory. It ends
by itself: at most 50 students, ten minutes each.
"""

import argparse
import asyncio
import contextlib
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

# Run as a program, this folder is the only one of the tests that Python looks in.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "browser"))
from lab_driver import free_port

from course_lib import paths
from course_lib.curriculum import course

MOST_STUDENTS = 50
MINUTES = 10
LESSON = "01_reading_the_article"
CONFIG = """
from pathlib import Path
exec(compile(Path({course!r}).read_text(encoding="utf-8"), {course!r}, "exec"))
# For this machine alone: no accounts, everybody a process of the one user who runs this.
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r} + "/{{username}}"
c.JupyterHub.bind_url = "http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{hub}"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"
c.JupyterHub.db_url = "sqlite:///" + {base!r} + "/hub.sqlite"
c.JupyterHub.cookie_secret_file = {base!r} + "/secret"
c.JupyterHub.concurrent_spawn_limit = 0
c.JupyterHub.allow_named_servers = False
c.JupyterHub.cleanup_servers = True
c.Spawner.args = ["--allow-root"]
c.Spawner.environment = {{"PYTHONPATH": {checkout!r}}}
"""


@contextlib.contextmanager
def hub(base):
    """A JupyterHub in this folder; gives its address, and ends it with all it started."""
    ports = [free_port() for _ in range(3)]
    (base / "homes").mkdir()
    programs = Path(sys.executable).parent
    settings = {
        "course": str(paths.CHECKOUT / "binder" / "hub" / "course.py"),
        "homes": str(base / "homes"),
        "proxy": str(programs / "configurable-http-proxy"),
        "base": str(base),
        "checkout": str(paths.CHECKOUT),
        **dict(zip(("port", "hub", "api"), ports, strict=True)),
    }
    (base / "config.py").write_text(CONFIG.format(**settings), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name != "COURSE_HOME"}
    environment["PATH"] = f"{programs}{os.pathsep}{environment['PATH']}"
    environment["CONFIGPROXY_AUTH_TOKEN"] = uuid.uuid4().hex
    environment["IPYTHONDIR"] = str(base / "ipython")
    with (base / "hub.log").open("w", encoding="utf-8") as log:
        running = subprocess.Popen(
            [str(programs / "jupyterhub"), "-f", str(base / "config.py")],
            cwd=base,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield f"http://127.0.0.1:{ports[0]}", running
        finally:
            below = psutil.Process(running.pid).children(recursive=True) if running.poll() is None else []
            running.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(30)
            for one in [*below, running]:
                with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
                    one.kill()


class Student:
    """One student's browser, as far as the hub sees it."""

    def __init__(self, address, name):
        self.address, self.name = address, name
        self.cookies = {}
        self.client = AsyncHTTPClient(force_instance=True)

    async def ask(self, path, method="GET", body=None, kind="application/json"):
        """Send one request with the cookies so far, follow where it leads, and return the answer."""
        url = path if path.startswith("http") else self.address + path
        for _ in range(20):
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, (value, _) in self._sent(url).items())}
            if body is not None:
                headers["Content-Type"] = kind
            if xsrf := self._sent(url).get("_xsrf"):
                headers["X-XSRFToken"] = xsrf[0]
            request = HTTPRequest(
                url, method, headers, body, follow_redirects=False, request_timeout=60 * MINUTES
            )
            answer = await self.client.fetch(request, raise_error=False)
            for line in answer.headers.get_list("Set-Cookie"):
                for one in SimpleCookie(line).values():
                    self.cookies[(one.key, one["path"] or "/")] = one.value
            if answer.code in (302, 303, 307, 308):
                url = answer.headers["Location"]
                url = url if url.startswith("http") else self.address + url
                if answer.code != 307 and answer.code != 308:
                    method, body = "GET", None
                continue
            return answer
        raise RuntimeError(f"{path} leads round in a circle")

    def _sent(self, url):
        """The cookies that belong to an address; of two with one name, that of the longer path."""
        path = url.removeprefix(self.address).split("?")[0]
        kept = {}
        for (name, place), value in self.cookies.items():
            if path.startswith(place) and len(place) >= len(kept.get(name, ("", ""))[1]):
                kept[name] = (value, place)
        return kept

    async def work(self):
        """Log in, wait for the server, run the lesson, answer a question; return what each step took."""
        took = {}
        begun = time.perf_counter()
        page = await self.ask("/hub/login")
        token = (
            self.cookies.get(("_xsrf", "/hub/"))
            or re.search(rb'name="_xsrf" value="([^"]+)"', page.body)[1].decode()
        )
        form = urlencode({"username": self.name, "password": "x", "_xsrf": token})
        await self.ask("/hub/login", "POST", form, "application/x-www-form-urlencoded")
        base = f"/user/{self.name}"
        answer = await self.ask("/hub/spawn")
        assert answer.code == 200, (answer.code, answer.body[:300])
        while True:
            # The page takes the student through the hub's handshake; the interface only answers after it.
            await self.ask(f"{base}/lab")
            answer = await self.ask(f"{base}/api/status")
            if answer.code == 200:
                break
            if time.perf_counter() - begun > 60 * MINUTES:
                raise RuntimeError(f"no server after {MINUTES} minutes (last answer {answer.code})")
            await asyncio.sleep(0.2)
        took["login to desk, s"] = time.perf_counter() - begun

        begun = time.perf_counter()
        path = f"reading-with-evidence/lessons/{LESSON}.ipynb"
        answer = await self.ask(f"{base}/api/contents/{path}?content=1")
        assert answer.code == 200, answer.body
        cells = [
            cell["source"]
            for cell in json.loads(answer.body)["content"]["cells"]
            if cell["cell_type"] == "code"
        ]
        asked = {"path": path, "type": "notebook", "name": "", "kernel": {"name": "python3"}}
        answer = await self.ask(f"{base}/api/sessions", "POST", json.dumps(asked))
        assert answer.code == 201, (answer.code, answer.body[:300])
        kernel = json.loads(answer.body)["kernel"]["id"]
        url = f"{self.address}{base}/api/kernels/{kernel}/channels"
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, (value, _) in self._sent(url).items())}
        socket = await websocket_connect(
            HTTPRequest(url.replace("http", "ws", 1), headers=headers), max_message_size=50_000_000
        )
        opened = []
        for source in cells:
            opened += await self._run(socket, source)
        took["lesson run, s"] = time.perf_counter() - begun

        item = next(one for one in course.bank(LESSON).items if one.type == "single")
        quiz = opened[0]
        begun = time.perf_counter()
        told = {"kind": "answer", "item": item.id, "answer": 0, "sure": None}
        # As a page numbers what it sends.
        told |= {"page": "load", "turn": 1, "id": "load-1"}
        sent = await self._send(
            socket, "comm_msg", {"comm_id": quiz, "data": {"method": "custom", "content": told}}
        )
        heard = await self._until_idle(socket, sent)
        took["answer, ms"] = 1000 * (time.perf_counter() - begun)
        changed = json.dumps([one["content"] for one in heard if one["msg_type"] == "comm_msg"])
        assert item.id in changed, changed[:500]
        assert '"state"' in changed, changed[:500]
        socket.close()
        return took

    async def _run(self, socket, source):
        """Run a cell and return the names of the quizzes that it opened; what it raises ends the student."""
        sent = await self._send(
            socket, "execute_request", {"code": source, "silent": False, "store_history": False}
        )
        heard = await self._until_idle(socket, sent)
        for one in heard:
            if one["msg_type"] == "error":
                raise RuntimeError(f"{one['content']['ename']}: {one['content']['evalue']}")
        return [
            one["content"]["comm_id"]
            for one in heard
            if one["msg_type"] == "comm_open" and "answers" in one["content"]["data"].get("state", {})
        ]

    @staticmethod
    async def _send(socket, kind, content):
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "username": "",
            "session": "s",
            "version": "5.3",
        }
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        await socket.write_message(json.dumps({**message, "channel": "shell", "buffers": []}))
        return header["msg_id"]

    @staticmethod
    async def _until_idle(socket, sent):
        heard = []
        while True:
            raw = await socket.read_message()
            if raw is None:
                raise RuntimeError("the connection to the kernel was lost")
            if isinstance(raw, bytes):
                # A binary frame begins with the number and the places of its parts; the first is the message.
                count = int.from_bytes(raw[:4], "big")
                places = [int.from_bytes(raw[4 * n : 4 * n + 4], "big") for n in range(1, count + 1)]
                raw = raw[places[0] : places[1] if count > 1 else None]
            message = json.loads(raw)
            message.setdefault("msg_type", message["header"]["msg_type"])
            if message["parent_header"].get("msg_id") != sent:
                continue
            heard.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return heard


def memory(running):
    """The memory of each student's server with its kernels, in MB; what they share is left out."""
    used = []
    for one in psutil.Process(running.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if "jupyterhub-singleuser" in " ".join(one.cmdline()):
                below = [one, *one.children(recursive=True)]
                used.append(sum(part.memory_full_info().uss for part in below) / 1e6)
    return used


async def classroom(address, running, students, together):
    """Let the students work, so many at a time; return what each took, what failed, and memory in the end."""
    gate = asyncio.Semaphore(together)

    async def one(number):
        async with gate:
            try:
                return await asyncio.wait_for(Student(address, f"student{number}").work(), 60 * MINUTES)
            except Exception as error:  # noqa: BLE001
                return f"student{number}: {type(error).__name__}: {error}"

    waiting = Student(address, "nobody")
    while running.poll() is None:
        with contextlib.suppress(OSError):
            if (await waiting.ask("/hub/login")).code == 200:
                break
        await asyncio.sleep(0.1)
    done = await asyncio.gather(*(one(number) for number in range(1, students + 1)))
    return (
        [one for one in done if isinstance(one, dict)],
        [one for one in done if isinstance(one, str)],
        memory(running),
    )


def main(argv=None):
    """Run the class and print what was seen; the exit status is 1 if anybody failed."""
    parser = argparse.ArgumentParser(description="Let a class work on a real JupyterHub on this machine.")
    parser.add_argument(
        "students", nargs="?", type=int, default=2, help=f"how many (at most {MOST_STUDENTS})"
    )
    parser.add_argument("--together", type=int, default=10, help="how many at the same moment")
    asked = parser.parse_args(argv)
    if not 1 <= asked.students <= MOST_STUDENTS or asked.together < 1:
        parser.error(f"between 1 and {MOST_STUDENTS} students, at least one at a time")
    with tempfile.TemporaryDirectory() as folder, hub(Path(folder)) as (address, running):
        took, failed, used = asyncio.run(classroom(address, running, asked.students, asked.together))
        if failed:
            print(*failed, sep="\n")
            print((Path(folder) / "hub.log").read_text(encoding="utf-8")[-4000:], file=sys.stderr)
    print(
        f"{asked.students} students, {asked.together} at a time: {len(took)} finished, {len(failed)} failed"
    )
    for name in took[0] if took else ():
        values = sorted(one[name] for one in took)
        print(f"{name}: median {statistics.median(values):.1f}, slowest {values[-1]:.1f}")
    if used:
        print(f"memory per student, MB: median {statistics.median(used):.0f}, most {max(used):.0f}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
