// The quiz as the student sees it. It shows what Python sends and sends what the student does:
// nothing here knows which answer is right.

const WAIT = 3000;
const SILENT =
  "No reply from Python yet. If a cell is running, wait for it. Otherwise run this cell again: your answers are kept.";
const RESTARTED = "Python was restarted. Run this cell again: your answers are kept.";
const WORDS = {
  right: ["✓", "Right"],
  not_yet: ["→", "Not right yet"],
  unanswered: ["○", "Not answered yet"],
  kept: ["✓", "Saved"],
};

/** Whether two answers are the same. */
export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The icon and the words for the state of an entry, given what stands in the form now. */
export function verdict(entry, now) {
  if (entry.state === null || entry.state === undefined) return ["", ""];
  if (!same(now, entry.graded)) return ["○", "Changed since you checked. Choose Check again."];
  const [icon, word] = WORDS[entry.state];
  const tries = entry.attempt > 1 ? ` (attempt ${entry.attempt})` : "";
  return [icon, `${word}${tries}`];
}

/** The notes that still belong to what stands in the form now. */
export function standing(entry, now) {
  const whole = same(now, entry.graded);
  return entry.notes.filter(({ where }) => {
    if (whole) return true;
    const [kind, place] = where.split(":");
    if (kind === "row") return now[place] === entry.graded[place] && now[place] !== null;
    return kind === "option" && Array.isArray(now) && now.includes(Number(place));
  });
}

/** How many rows are right, as a sentence; empty where there are no rows. */
export function rowsRight(notes) {
  const rows = notes.filter(({ where }) => where.startsWith("row:"));
  return rows.length ? `${rows.filter(({ right }) => right).length} of ${rows.length} rows you chose agree with the key.` : "";
}

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "html") node.innerHTML = value; // cleaned in Python
    else if (value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// JupyterLab takes arrows and letters typed on controls as its own commands unless each says otherwise.
const control = (tag, attributes, ...children) =>
  make(tag, { "data-lm-suppress-shortcuts": "true", ...attributes }, ...children);

const mark = (right) => (right === true ? "✓ " : right === false ? "→ " : "");

function noteNode(note) {
  const words = { true: "Right. ", false: "Not right. " }[String(note.right)] ?? "";
  return make("div", { class: `cq-note cq-${note.right === true ? "right" : note.right === false ? "wrong" : "plain"}` },
    make("span", { class: "cq-mark" }, mark(note.right), make("span", { class: "cq-hidden" }, words)),
    make("div", { html: note.html }));
}

/** The inputs of one question: { node, read(), write(answer), noteAt(place) }. */
function inputs(question, uid) {
  if (question.type === "number") {
    const field = control("input", { type: "text", inputmode: "decimal", autocomplete: "off", id: `${uid}-n`, class: "cq-number" });
    const unit = question.unit ? make("span", { class: "cq-unit", id: `${uid}-u` }, question.unit) : "";
    if (unit) field.setAttribute("aria-describedby", `${uid}-u`);
    const node = make("div", {}, make("label", { for: `${uid}-n` }, "Your answer "), field, " ", unit);
    return { node, read: () => field.value, write: (answer) => { field.value = answer ?? ""; }, noteAt: () => null };
  }
  const group = (name, texts, type, asHtml) =>
    texts.map((text, place) => {
      const input = control("input", { type, name, value: place });
      return { input, label: make("label", { class: "cq-choice" }, input, make("span", asHtml ? { html: text } : {}, asHtml ? "" : text)) };
    });
  if (question.type === "grid") {
    const rows = question.rows.map((row, at) => {
      const choices = group(`${uid}-${at}`, question.choices, "radio", false);
      const notes = make("div", { class: "cq-notes" });
      const name = row.ref ? make("span", { class: "cq-ref" }, `${row.ref} `) : "";
      const node = make("fieldset", { class: "cq-row" },
        make("legend", {}, name, make("span", { html: row.text })),
        make("div", { class: "cq-choices" }, ...choices.map(({ label }) => label)), notes);
      return { node, notes, boxes: choices.map(({ input }) => input) };
    });
    return {
      node: make("div", {}, ...rows.map(({ node }) => node)),
      read: () => rows.map(({ boxes }) => { const at = boxes.findIndex((box) => box.checked); return at < 0 ? null : at; }),
      write: (answer) => rows.forEach(({ boxes }, at) => boxes.forEach((box, n) => { box.checked = answer?.[at] === n; })),
      noteAt: (place) => rows[place].notes,
    };
  }
  const many = question.type === "multiple";
  const options = group(`${uid}-o`, question.options, many ? "checkbox" : "radio", true);
  const notes = options.map(() => make("div", { class: "cq-notes" }));
  const boxes = options.map(({ input }) => input);
  const ticked = () => boxes.flatMap((box, at) => (box.checked ? [at] : []));
  return {
    node: make("div", { class: "cq-options" }, ...options.flatMap(({ label }, at) => [label, notes[at]])),
    read: () => (many ? ticked() : ticked()[0] ?? null),
    write: (answer) => boxes.forEach((box, at) => { box.checked = many ? (answer ?? []).includes(at) : answer === at; }),
    // A single choice has one note, which is read out with the verdict; ticks have one each, beside them.
    noteAt: (place) => (many ? notes[place] : null),
  };
}

function questionNode(question, number, total, model, link) {
  const uid = `cq${Math.random().toString(36).slice(2, 9)}`;
  const parts = inputs(question, uid);
  const status = make("div", { class: "cq-status", role: "status", "aria-live": "polite" });
  const hints = make("div", { class: "cq-hints", role: "status", "aria-live": "polite" });
  const hint = question.hints ? control("button", { type: "button", class: "cq-button cq-quiet" }) : "";
  const problem = make("p", { class: "cq-problem", role: "status", "aria-live": "polite" });
  const form = make("form", { class: "cq-item", novalidate: "" },
    make("fieldset", { class: "cq-group" },
      make("legend", {}, make("span", { class: "cq-count" }, `Question ${number} of ${total}`), make("span", { html: question.stem })),
      make("div", { class: "cq-more", html: question.more }), parts.node),
    make("div", { class: "cq-buttons" }, control("button", { type: "submit", class: "cq-button" }, "Check"), hint),
    hints, status, problem);
  const sent = new Set();
  const entry = () => model.get("answers")[question.id];

  const send = (kind) => {
    const id = `${uid}-${sent.size + 1}`;
    sent.add(id);
    link.expect(id, problem);
    try {
      model.send({ kind, item: question.id, answer: parts.read(), id });
    } catch {
      link.lost();
    }
  };
  const show = () => {
    const now = parts.read();
    const [icon, words] = verdict(entry(), now);
    const notes = standing(entry(), now);
    const places = new Map();
    const below = [];
    for (const note of notes) {
      const at = note.where === "item" ? null : parts.noteAt(note.where.split(":")[1]);
      if (at) places.set(at, noteNode(note));
      else below.push(noteNode(note));
    }
    form.querySelectorAll(".cq-notes").forEach((at) => at.replaceChildren(...(places.has(at) ? [places.get(at)] : [])));
    const whole = same(now, entry().graded);
    const count = whole && entry().state === "not_yet" ? rowsRight(notes) : "";
    status.replaceChildren(...(words ? [make("p", { class: `cq-verdict cq-${whole ? entry().state : "changed"}` },
      make("span", { "aria-hidden": "true" }, `${icon} `), words, count ? `. ${count}` : "")] : []), ...below);
    problem.textContent = entry().problem;
    if (hints.childElementCount !== entry().hints.length) {
      hints.replaceChildren(...entry().hints.map((text) => make("div", { class: "cq-hint", html: text })));
    }
    if (hint) {
      const taken = entry().hints.length;
      hint.textContent = taken < question.hints ? `Hint ${taken + 1} of ${question.hints}` : "No more hints";
      hint.disabled = taken >= question.hints;
    }
  };
  let typing;
  const changed = () => { show(); send("draft"); };
  const submit = (event) => { event.preventDefault(); clearTimeout(typing); send("answer"); };
  const typed = (event) => {
    if (event.target.type !== "text") return;
    clearTimeout(typing);
    typing = setTimeout(changed, 400);
  };
  const settle = () => { clearTimeout(typing); if (!same(parts.read(), entry().answer)) changed(); };
  // Inside a notebook's output JupyterLab keeps Enter in a text field from handing in the form.
  const entered = (event) => {
    if (event.key !== "Enter" || event.target.type !== "text" || event.isComposing) return;
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    form.requestSubmit();
  };
  form.addEventListener("submit", submit);
  form.addEventListener("keydown", entered);
  form.addEventListener("input", typed);
  form.addEventListener("change", settle);
  if (hint) hint.addEventListener("click", () => send("hint"));
  parts.write(entry().answer);
  show();
  let last = entry();
  return {
    form,
    update: () => {
      if (entry() === last || same(entry(), last)) return;
      last = entry();
      link.heard(last.echo, problem);
      // What this view sent itself stands in the form already, and more may have been typed since.
      if (!sent.has(last.echo)) parts.write(last.answer);
      show();
    },
    close: () => clearTimeout(typing),
  };
}

/** Keeps track of messages that Python has not answered, and says so when it takes too long. */
function listener() {
  const waiting = new Map();
  const nodes = new Set();
  let dead = false;
  const say = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  return {
    watch: (node) => nodes.add(node),
    expect: (id, node) => {
      if (dead) return say(node, RESTARTED);
      waiting.set(id, setTimeout(() => say(node, SILENT), WAIT));
    },
    heard: (id) => { clearTimeout(waiting.get(id)); waiting.delete(id); },
    lost: () => { dead = true; waiting.forEach(clearTimeout); waiting.clear(); nodes.forEach((node) => say(node, RESTARTED)); },
    close: () => waiting.forEach(clearTimeout),
  };
}

function render({ model, el }) {
  const link = listener();
  const questions = model.get("questions");
  const items = questions.map((question, at) => questionNode(question, at + 1, questions.length, model, link));
  items.forEach(({ form }) => link.watch(form.querySelector(".cq-problem")));
  const root = make("div", { class: "cq" }, ...items.map(({ form }) => form));
  el.replaceChildren(root);
  const update = () => items.forEach((item) => item.update());
  model.on("change:answers", update);
  model.on("comm_live_update", link.lost);
  model.on("comm:close", link.lost);
  return () => {
    model.off("change:answers", update);
    model.off("comm_live_update", link.lost);
    model.off("comm:close", link.lost);
    items.forEach((item) => item.close());
    link.close();
  };
}

export default { render };
