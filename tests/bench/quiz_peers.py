"""Ten questions shown by us and by the other quiz tools for notebooks, in one JupyterLab, side by side.

    .venv/bin/python tests/bench/quiz_peers.py [RUNS]

Every tool gets the same bank, ten single choices with four options and feedback, under a heading, as in any
lesson: JupyterLab loads its mathematics for the first text it shows, whichever that is. The tools take
turns, so that whatever else the machine does hits all of them. Prints medians; look at the ratios.

first run   from running the cell in a fresh kernel, import included, to the first option to click
re-run      the same for running the cell once more
feedback    from the click that asks for it to the feedback in the page
wire        what the kernel sends for the first run
notebook    what the cell adds to the saved file; then the same with the state of widgets
import      in a kernel, where IPython and ipykernel are there already
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "browser"))
from lab_driver import Desk, notebook, running_browser, running_lab

RADIO = "input[type=radio]:enabled"
EMPTY = '''import anywidget, traitlets
class Empty(anywidget.AnyWidget):
    _esm = """export default { render({ model, el }) {
      el.innerHTML = "<button class=ask>Ask</button><p class=told></p>";
      el.firstChild.onclick = () => model.send("asked");
      model.on("change:told", () => { el.lastChild.textContent = model.get("told"); });
    } }"""
    told = traitlets.Unicode().tag(sync=True)
    def __init__(self):
        super().__init__()
        self.on_msg(lambda *_: setattr(self, "told", self.told + "answered "))
Empty()'''
READ = "import json\nbank = json.load(open('bank.json'))\n"
PLAIN = (
    READ
    + """import ipywidgets
shown = []
for one in bank:
    choice = ipywidgets.RadioButtons(options=[a["answer"] for a in one["answers"]], value=None)
    told, button = ipywidgets.HTML(), ipywidgets.Button(description="Check")
    def check(_button, one=one, choice=choice, told=told):
        told.value = next(a["feedback"] for a in one["answers"] if a["answer"] == choice.value)
    button.on_click(check)
    shown.append(ipywidgets.VBox([ipywidgets.HTML(one["question"]), choice, button, told]))
ipywidgets.VBox(shown)"""
)
IPYQUIZJB = (
    READ
    + """from ipyquizjb import display_questions
display_questions([{"type": "MULTIPLE_CHOICE", "body": one["question"],
    "answers": [a["answer"] for a in one["answers"]],
    "answer": [a["answer"] for a in one["answers"] if a["correct"]],
    "notes": [a["feedback"] for a in one["answers"] if a["correct"]]} for one in bank], as_group=False)"""
)
NBAUTOEVAL = (
    READ
    + """from nbautoeval.quiz import Explanation, Option, Quiz, QuizQuestion
Quiz(exoname="bench", shuffle=False, max_attempts=99, questions=[
    QuizQuestion(question=one["question"], exactly_one_option=True, shuffle=False, options=[
        Option(a["answer"], explanation=Explanation(a["feedback"]), correct=a["correct"])
        for a in one["answers"]])
    for one in bank]).widget()"""
)
# Of each tool: its cell, an option to click, what to click for feedback, where that shows, what is imported.
TOOLS = {
    "ours": (
        "from course_lib import quiz\nquiz('bank.json')",
        f".cq {RADIO}",
        ".cq form button[type=submit]",
        ".cq-status",
        "from course_lib import quiz",
    ),
    "jupyterquiz": (
        "from jupyterquiz import display_quiz\ndisplay_quiz('bank.json', shuffle_answers=False)",
        "label.MCButton",
        None,
        ".Feedback",
        "from jupyterquiz import display_quiz",
    ),
    "ipyquizjb": (
        IPYQUIZJB,
        ".widget-toggle-buttons button:enabled",
        ".jupyter-button.widget-button",
        ".jupyter-widgets.widget-output",
        "from ipyquizjb import display_questions",
    ),
    "nbautoeval": (
        NBAUTOEVAL,
        ".nbae-question input[type=checkbox]",
        ".nbae-quiz .submit",
        ".nbae-quiz .summary",
        "from nbautoeval.quiz import Option, Quiz, QuizQuestion",
    ),
    "plain ipywidgets": (
        PLAIN,
        f".widget-radio-box {RADIO}",
        ".jupyter-button.widget-button",
        ".widget-vbox .widget-vbox .widget-html:last-child",
        "import ipywidgets",
    ),
    "empty anywidget": (EMPTY, "button.ask", "button.ask", ".told", "import anywidget"),
    "empty cell": ("'<b class=nothing>'", ".jp-OutputArea-output pre", None, None, "pass"),
}
# What the page does itself, and how long that takes until it can be seen.
TIMED = """async ([act, seen]) => {
  const done = new Function(`return ${seen}`);
  const begun = performance.now();
  new Function(act)();
  while (!done()) {
    if (performance.now() - begun > 60000) throw new Error(`not seen: ${seen}`);
    await new Promise(requestAnimationFrame);
  }
  return performance.now() - begun;
}"""
# The page has nothing left to do, for half a second and more.
SETTLED = """() => new Promise((done) => {
  let calm = 0;
  const look = (idle) => {
    calm = idle.timeRemaining() > 30 ? calm + 1 : 0;
    calm > 10 ? done() : requestIdleCallback(look);
  };
  requestIdleCallback(look);
})"""
RUN = "window.jupyterapp.commands.execute('notebook:run-all-cells');"
COUNT = "import ipywidgets.widgets.widget as w\nprint(len(w._instances))"
IMPORT = (
    "import time, ipykernel.ipkernel, IPython.display, comm\nbegun = time.perf_counter()\n{}\n"
    "print(1000 * (time.perf_counter() - begun))"
)
SAID = """async (code) => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  let said = '';
  const future = kernel.requestExecute({ code, store_history: false });
  future.onIOPub = ({ header, content }) => { if (header.msg_type === 'stream') said += content.text; };
  await future.done;
  return said;
}"""


def bank():
    """Return ten questions in the form of jupyterquiz, which all can be given."""
    letters = "abcd"
    return [
        {
            "question": f"Question number {n}: which of these four was meant by it?",
            "type": "multiple_choice",
            "answers": [
                {
                    "answer": f"The answer {letter} to question {n}",
                    "correct": letter == letters[n % 4],
                    "feedback": f"Why answer {letter} to question {n} is as it is, in a sentence.",
                }
                for letter in letters
            ],
        }
        for n in range(10)
    ]


def timed(desk, act, seen):
    """Do something in the page; return the milliseconds until it can be seen."""
    return desk.page.evaluate(TIMED, [act, seen])


def _parent(frame):
    """The message that a message from the kernel answers, or None where that is not on the iopub channel."""
    found = re.findall(rb'"msg_id": ?"([^"]+)"', frame)
    return found[1] if b"iopub" in frame[:100] and len(found) > 1 else None


def once(browser, lab, tool):
    """Measure one tool once; return a dict from measure to number."""
    source, option, button, told, importing = TOOLS[tool]
    path = lab[0] / "lessons" / "bench.ipynb"
    notebook(path, source)
    empty = len(path.read_bytes())
    desk = Desk(browser, lab, stem="bench")
    there = f"document.querySelector({json.dumps(option)})"
    desk.page.evaluate(SETTLED)
    before = len(desk.frames)
    found = {"first run, ms": timed(desk, RUN, there)}
    desk.rest()
    sent = desk.frames[before:]
    # JupyterLab asks kernels for other things too: what counts is the answer to running the cell.
    sent = [frame for frame in sent if isinstance(frame, bytes)]
    asked = next(_parent(frame) for frame in sent if b'"execute_input"' in frame)
    found["wire, kB"] = sum(len(frame) for frame in sent if _parent(frame) == asked) / 1000
    book = json.loads(desk.save().read_text(encoding="utf-8"))
    found["notebook with state, kB"] = (len(json.dumps(book, indent=1)) - empty) / 1000
    book["metadata"].pop("widgets", None)
    found["notebook, kB"] = (len(json.dumps(book, indent=1)) - empty) / 1000
    if tool != "empty cell":
        found["models"] = int(desk.page.evaluate(SAID, COUNT))
    # The old output must be gone before the new one counts.
    mark = f"{there}.closest('.jp-OutputArea-output').dataset.old = 1;"
    found["re-run, ms"] = timed(desk, mark + RUN, f"{there} && !{there}.closest('[data-old]')")
    desk.rest()
    if told:
        text = f"[...document.querySelectorAll({json.dumps(told)})].map((one) => one.textContent).join('')"
        desk.page.evaluate(f"() => {{ window.was = {text}; }}")
        if button and button != option:
            desk.page.locator(option).first.click()
            desk.rest()
            desk.page.evaluate(f"() => {{ window.was = {text}; }}")
        click = f"document.querySelector({json.dumps(button or option)}).click();"
        found["feedback, ms"] = timed(desk, click, f"{text} !== window.was")
    # What other tools throw, also while the kernel ends, is theirs.
    desk.leave()
    done = subprocess.run(
        [sys.executable, "-c", IMPORT.format(importing)], capture_output=True, text=True, check=True
    )
    found["import, ms"] = float(done.stdout)
    return found


def main(runs=7):
    """Measure every tool in turn and print medians and ratios."""
    results = {tool: [] for tool in TOOLS}
    with (
        tempfile.TemporaryDirectory() as folder,
        running_lab(Path(folder)) as lab,
        running_browser() as browser,
    ):
        (lab[0] / "lessons" / "bank.json").write_text(json.dumps(bank()), encoding="utf-8")
        for turn in range(runs):
            # Nobody is always the first, or the one after the heaviest.
            for place in range(len(TOOLS)):
                tool = list(TOOLS)[(place + turn) % len(TOOLS)]
                results[tool].append(once(browser, lab, tool))
    middle = {
        tool: {name: statistics.median(one[name] for one in measured) for name in measured[0]}
        for tool, measured in results.items()
    }
    for name in middle["ours"]:
        print(name)
        for tool, one in middle.items():
            if name in one:
                least, most = (end(each[name] for each in results[tool]) for end in (min, max))
                print(f"  {tool:18} {one[name]:8.1f}   ({least:.1f} to {most:.1f})")
    ours, peer, bare = middle["ours"], middle["jupyterquiz"], middle["empty anywidget"]
    floor = bare["first run, ms"] / peer["first run, ms"]
    print(f"First run of an empty anywidget against jupyterquiz's: ratio {floor:.2f}; no widget is below it.")
    print("Ours against what it is held to:")
    for words, value, limit in (
        ("models", ours["models"], 2),
        ("wire, kB", ours["wire, kB"], 15),
        ("notebook, kB", ours["notebook, kB"], 10),
        ("notebook with state, kB", ours["notebook with state, kB"], 20),
        ("re-run, ratio to jupyterquiz", ours["re-run, ms"] / peer["re-run, ms"], 1.1),
        ("first run, ratio to jupyterquiz", ours["first run, ms"] / peer["first run, ms"], 1.8),
        ("feedback, ratio to an empty anywidget", ours["feedback, ms"] / bare["feedback, ms"], 1.5),
        ("import, ratio to anywidget", ours["import, ms"] / bare["import, ms"], 1.5),
    ):
        print(f"  {words:38} {value:6.2f}  (at most {limit})")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
