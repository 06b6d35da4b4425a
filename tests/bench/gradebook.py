"""How long a class takes to be read and graded, from a hundred files on, beside the plainest loop there is.

    .venv/bin/python tests/bench/gradebook.py [LARGEST [LESSONS]]

Makes example classes of 100, 1,000, … up to LARGEST students who answered the first LESSONS lessons (1), and
measures each in a fresh Python: reading and checking alone; the same with grading and the table of the class;
the whole way, with the page on what the class understood, in as many processes as the command takes. The
peer reads the same files with `json.load` and grades with `items.grade`; it checks nothing, keeps only sums,
and would stop at the first odd file. Prints for each way milliseconds per file by the clock and by the
processors, which others at work on the machine change little; the most memory of all processes together; and
ratios of processor time. What a way takes once is in them: starting, reading the questions, drawing figures.
A LARGEST of 100000 needs 2 GB of disk for files that are deleted at the end.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from course_lib.curriculum import course
from course_lib.instructor import synthetic_class

FEWEST = 100
SETUP = """
import json, os, sys, time
from pathlib import Path
import pandas
from course_lib import items
from course_lib.curriculum import course
from course_lib.instructor.class_report import class_page
from course_lib.instructor.gradebook import gradebook
from course_lib.instructor.submissions import reading

def report(right=None):
    seconds = time.perf_counter() - begun
    print(json.dumps({"seconds": seconds, "processor": sum(os.times()[:4]) - used, "right": right}))

if __name__ == "__main__":
    folder, lessons, processes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) or None
    banks = [course.bank(stem) for stem in course.stems()[:lessons]]
    begun, used = time.perf_counter(), sum(os.times()[:4])
"""
OURS = """
    book = gradebook.build_gradebook(reading.read_submissions(folder, salt=b"salt"), banks, processes)
    book.table()
    report(int((book.scores["last"] == 1).sum()))
"""
READ = """
    for student in reading.read_submissions(folder, salt=b"salt").students:
        pass
    report()
"""
WHOLE = """
    book = gradebook.build_gradebook(reading.read_submissions(folder, salt=b"salt"), banks, processes)
    right = int((book.scores["last"] == 1).sum())
    page = class_page.class_document(class_page.analyse_class(book.scores, banks)).html()
    assert "What to talk about tomorrow" in page
    report(right)
"""
PEER = """
    by_id = {item.id: item for bank in banks for item in bank.items}
    right = 0
    for path in sorted(Path(folder).rglob("*.json")):
        with open(path, encoding="utf-8") as file:
            events = json.load(file)["events"]
        last = {}
        for event in events:
            if event["kind"] == "answer":
                item = by_id[event["item"]]
                last[item.id] = items.grade(item, items.valid_answer(item, event["answer"])).score
        right += sum(score == 1 for score in last.values())
    report(right)
"""


def measure(code, folder, lessons, processes=1):
    """Return what a fresh Python took for a folder: a dict with seconds, processor, megabytes, right."""
    with tempfile.TemporaryDirectory() as place:
        # A file, since what starts further processes is read again by them.
        program = Path(place) / "program.py"
        program.write_text(SETUP + code, encoding="utf-8")
        command = [sys.executable, str(program), str(folder), str(lessons), str(processes)]
        root = str(Path(__file__).resolve().parents[2])
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": root}
        ) as running:
            most = 0
            while running.poll() is None:
                most = max(most, _memory(running.pid))
                time.sleep(0.02)
            output = running.stdout.read()
    if running.returncode:
        raise SystemExit(running.returncode)
    return {**json.loads(output), "megabytes": most / 1e6}


def _memory(pid):
    """Return the bytes that a process and those it started hold; what they share is counted for each."""
    try:
        first = psutil.Process(pid)
        return sum(process.memory_info().rss for process in (first, *first.children(recursive=True)))
    except psutil.Error:
        return 0


def main(largest=FEWEST, lessons=1):
    """Measure ever larger classes and print what they take."""
    sizes = [FEWEST]
    while sizes[-1] * 10 <= largest:
        sizes.append(sizes[-1] * 10)
    banks = [course.bank(stem) for stem in course.stems()[:lessons]]
    results = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            synthetic_class.make_class(folder, size, lessons=banks, odd=False)
            ways = {
                "reading alone": (READ, 1),
                "one process": (OURS, 1),
                "two processes": (OURS, 2),
                "whole way": (WHOLE, 0),
                "plain loop": (PEER, 1),
            }
            results[size] = {
                name: measure(code, folder, lessons, processes) for name, (code, processes) in ways.items()
            }
        assert len({result["right"] for result in results[size].values()} - {None}) == 1, results[size]
        for name, result in results[size].items():
            clock, used = (1000 * result[what] / size for what in ("seconds", "processor"))
            print(
                f"{size:9,} files  {name:14} {clock:7.3f} ms per file, {used:7.3f} of processors"
                f"{result['megabytes']:8,.0f} MB",
                flush=True,
            )
    alone, single, double, whole, loop = (results[sizes[-1]][name]["processor"] / sizes[-1] for name in ways)
    for name, per in (("one process", single), ("whole way", whole)):
        few = results[FEWEST][name]["processor"] / FEWEST
        print(f"time per file, {name}, {sizes[-1]:,} against {FEWEST}: ratio {per / few:.2f}")
    print(f"grading and all, against reading alone at {sizes[-1]:,}: ratio {single / alone:.2f}")
    print(f"against the plain loop at {sizes[-1]:,}: ratio {single / loop:.2f}")
    print(f"two processes against one at {sizes[-1]:,}: ratio {double / single:.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
