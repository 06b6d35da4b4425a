// The quiz as the student sees it. It shows what Python sends and sends what the student does:
// nothing here knows which answer is right.

// Python does not send what is empty.
const BLANK = {
  answer: null, graded: null, state: null, attempt: 0, notes: [], hints: [], sure: null,
  locked: false, revealed: "", problem: "", tell: false,
};
const WAIT = 3000;
const ICONS = { right: "✓", not_yet: "→", wrong: "→", unanswered: "○", kept: "✓" };

/** Whether two answers are the same. */
export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** The icon and the words for the state of an entry, given what stands in the form now and what the button says. */
export function verdict(entry, now, act) {
  if (!entry.state) return ["", ""];
  if (!same(now, entry.graded)) return ["○", say("changed", { act })];
  if (entry.locked && entry.state === "not_yet") return [ICONS.wrong, say("state.wrong")];
  const word = say(`state.${entry.state}`);
  return [ICONS[entry.state], entry.attempt > 1 ? say("tries", { verdict: word, n: entry.attempt }) : word];
}

/** The notes that still belong to what stands in the form now. */
export function standing(entry, now) {
  const whole = same(now, entry.graded);
  return entry.notes.filter(({ where }) => {
    if (whole) return true;
    const [kind, place] = where.split(":");
    if (kind === "row") return same(now[place], entry.graded[place]) && now[place] !== null;
    if (kind === "step") return now !== null && now.indexOf(Number(place)) === entry.graded.indexOf(Number(place));
    return kind === "option" && Array.isArray(now) && now.includes(Number(place));
  });
}

/** How many questions are answered and right, and which are still open, as they are numbered. */
export function review(entries, graded) {
  const open = entries.flatMap(({ state }, at) => (!state || state === "unanswered" ? [at + 1] : []));
  const right = entries.filter(({ state }, at) => graded[at] && state === "right").length;
  const done = entries.length - open.length;
  const marked = graded.filter(Boolean).length;
  return { done, total: entries.length, right, marked, open };
}

/** How many rows are right, as a sentence; empty where there are no rows. */
export function rowsRight(notes) {
  const rows = notes.filter(({ where }) => where.startsWith("row:"));
  return rows.length ? say("rows", { right: rows.filter(({ right }) => right).length, n: rows.length }) : "";
}

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    // Cleaned in Python; each text goes by its own script.
    if (name === "html") Object.assign(node, { innerHTML: value ?? "", dir: "auto", ...OF_LESSONS });
    else if (value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

// JupyterLab takes arrows and letters typed on controls as its own commands unless each says otherwise.
const control = (tag, attributes, ...children) =>
  make(tag, { "data-lm-suppress-shortcuts": "true", ...attributes }, ...children);

/** What is said whenever it changes. */
const live = (tag, name) => make(tag, { class: name, role: "status", "aria-live": "polite" });

function noteNode({ right, html }) {
  const kind = { true: "right", false: "wrong" }[right];
  const read = kind ? [`${ICONS[kind]} `, make("span", { class: "cq-hidden" }, `${say(`note.${kind}`)} `)] : [];
  return make("div", { class: `cq-note cq-${kind ?? "plain"}` },
    make("span", { class: "cq-mark" }, ...read), make("div", { html, lang: WORDS.language }));
}

/** Labelled boxes of one name, one for each text. */
const boxes = (name, type, texts) => texts.map((text, value) => {
  const input = control("input", { type, name, value });
  return { input, label: make("label", { class: "cq-choice" }, input, text) };
});

/** One of some boxes; nothing is chosen at first. */
function radios(name, texts) {
  const all = boxes(name, "radio", texts);
  return {
    node: make("div", { class: "cq-choices" }, ...all.map(({ label }) => label)),
    read: () => { const at = all.findIndex(({ input }) => input.checked); return at < 0 ? null : at; },
    write: (chosen) => all.forEach(({ input }, at) => { input.checked = chosen === at; }),
  };
}

/** How sure a student is, as a group of its own. */
function certainty(question, uid) {
  const levels = [...Array(question.sure ?? 0).keys()];
  const one = radios(`${uid}-sure`, levels.map((at) => make("span", {}, say(`sure_is.${at}`))));
  return { ...one, node: levels.length ? make("fieldset", { class: "cq-sure" }, make("legend", {}, say("sure")), one.node) : "" };
}

function choice(question, uid) {
  const many = question.type === "multiple";
  const options = boxes(`${uid}-o`, many ? "checkbox" : "radio", question.options.map((html) => make("span", { html })));
  const notes = options.map(() => make("div", { class: "cq-notes" }));
  const ticks = options.map(({ input }) => input);
  const ticked = () => ticks.flatMap((box, at) => (box.checked ? [at] : []));
  return {
    node: make("div", { class: "cq-options" }, ...(question.order ?? options.map((_, at) => at)).flatMap((at) => [options[at].label, notes[at]])),
    read: () => (many ? ticked() : ticked()[0] ?? null),
    write: (answer) => ticks.forEach((box, at) => { box.checked = many ? (answer ?? []).includes(at) : answer === at; }),
    // A single choice has one note, which is read out with the verdict; ticks have one each, beside them.
    noteAt: (place) => (many ? notes[place] : null),
  };
}

// The inputs of each type of question: { node, read(), write(answer), noteAt(place) }. Files in inputs/ add theirs.
const INPUTS = { single: choice, multiple: choice };

function questionNode(question, number, total, model, link) {
  const uid = `cq${Math.random().toString(36).slice(2, 9)}`;
  const parts = INPUTS[question.type](question, uid);
  const sure = certainty(question, uid);
  const act = { probability: say("lodge"), text: say("hand_in") }[question.type] ?? (question.graded ? say("check") : say("save"));
  const tell = control("button", { type: "button", class: "cq-button cq-quiet" }, say("tell"));
  const revealed = live("div", "cq-revealed");
  const status = live("div", "cq-status");
  const hints = live("div", "cq-hints");
  const mode = model.get("mode");
  const alone = mode === "practice";
  const hint = question.hints && (alone || mode === "end") ? control("button", { type: "button", class: "cq-button cq-quiet" }) : "";
  const problem = live("p", "cq-problem");
  const form = make("form", { class: "cq-item", novalidate: "" },
    make("fieldset", { class: "cq-group" },
      make("legend", {}, make("span", { class: "cq-count" }, say("question", { at: number, n: total })), make("span", { html: question.stem })),
      make("div", { class: "cq-more", html: question.more }), parts.node),
    sure.node,
    make("div", { class: "cq-buttons" }, ...(alone ? [control("button", { type: "submit", class: "cq-button" }, act)] : []), hint, tell),
    hints, status, revealed, problem);
  const entry = () => ({ ...BLANK, ...model.get("answers")[question.id] });

  const send = (kind) => {
    const stamp = link.next(problem);
    try {
      model.send({ kind, item: question.id, answer: parts.read(), sure: sure.read(), ...stamp });
    } catch {
      link.lost();
    }
  };
  const show = () => {
    const now = parts.read();
    const [icon, word] = verdict(entry(), now, alone ? act : say(`all.${mode}`));
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
    status.replaceChildren(...(word ? [make("p", { class: `cq-verdict cq-${whole ? entry().state : "changed"}` },
      make("span", { "aria-hidden": "true" }, `${icon} `), count ? say("with_rows", { verdict: word, rows: count }) : word)] : []), ...below);
    problem.textContent = entry().problem;
    if (hints.childElementCount !== entry().hints.length) {
      hints.replaceChildren(...entry().hints.map((text) => make("div", { class: "cq-hint" }, make("div", { html: text }))));
    }
    const { locked } = entry();
    form.querySelectorAll("input, textarea, select, button").forEach((one) => { if (locked) one.disabled = true; });
    tell.hidden = !entry().tell;
    if (revealed.innerHTML === "" && entry().revealed) revealed.append(noteNode({ html: entry().revealed }));
    if (hint) {
      const taken = entry().hints.length;
      hint.textContent = taken < question.hints ? say("hint", { at: taken + 1, n: question.hints }) : say("no_hint");
      hint.disabled = taken >= question.hints;
    }
  };
  let typing;
  const changed = () => { show(); send("draft"); };
  const submit = (event) => { event.preventDefault(); clearTimeout(typing); if (alone) send("answer"); };
  const typed = (event) => {
    if (!["text", "textarea", "number", "range"].includes(event.target.type)) return;
    clearTimeout(typing);
    typing = setTimeout(changed, 400);
  };
  const settle = () => {
    clearTimeout(typing);
    if (!same(parts.read(), entry().answer) || !same(sure.read(), entry().sure)) changed();
  };
  // Inside a notebook's output JupyterLab takes the usual effect of Enter away: here it is given back.
  const entered = (event) => {
    if (event.key !== "Enter" || !["text", "number", "textarea"].includes(event.target.type) || event.isComposing) return;
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (event.target.type !== "textarea") form.requestSubmit();
    // Old, but the one way to insert text that can be undone; browsers without it get the plain one.
    else if (!document.execCommand("insertText", false, "\n")) {
      event.target.setRangeText("\n", event.target.selectionStart, event.target.selectionEnd, "end");
    }
  };
  form.addEventListener("submit", submit);
  form.addEventListener("keydown", entered);
  form.addEventListener("input", typed);
  form.addEventListener("change", settle);
  if (hint) hint.addEventListener("click", () => send("hint"));
  tell.addEventListener("click", () => send("reveal"));
  parts.write(entry().answer);
  sure.write(entry().sure);
  show();
  let last = entry();
  return {
    form,
    given: () => { clearTimeout(typing); return { answer: parts.read(), sure: sure.read() }; },
    update: () => {
      if (same(entry(), last)) return;
      last = entry();
      link.heard(last.echo, problem);
      // What this view sent itself stands in the form already, and more may have been typed since.
      if (!link.mine(last.echo)) {
        parts.write(last.answer);
        sure.write(last.sure);
      }
      show();
    },
    close: () => clearTimeout(typing),
  };
}

/** Numbers messages, as their order can change on the way, and says so when one is long without an answer. */
function listener() {
  const page = `cq${Math.random().toString(36).slice(2, 9)}`;
  let turn = 0;
  const waiting = new Map();
  const nodes = new Set();
  let dead = false;
  const put = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  return {
    watch: (node) => nodes.add(node),
    next: (node) => {
      turn += 1;
      const id = `${page}-${turn}`;
      if (dead) put(node, say("restarted"));
      else waiting.set(id, setTimeout(() => put(node, say("silent")), WAIT));
      return { page, turn, id };
    },
    mine: (id) => Boolean(id?.startsWith(`${page}-`)),
    heard: (id) => { clearTimeout(waiting.get(id)); waiting.delete(id); },
    lost: () => { dead = true; waiting.forEach(clearTimeout); waiting.clear(); nodes.forEach((node) => put(node, say("restarted"))); },
    close: () => waiting.forEach(clearTimeout),
  };
}

function render({ model, el, constants: questions }) {
  const link = listener();
  const items = questions.map((question, at) => questionNode(question, at + 1, questions.length, model, link));
  items.forEach(({ form }) => link.watch(form.querySelector(".cq-problem")));
  const mode = model.get("mode");
  const finish = control("button", { type: "button", class: "cq-button" }, mode === "practice" ? "" : say(`all.${mode}`));
  const problem = live("p", "cq-problem");
  const asked = new Set();
  finish.addEventListener("click", () => {
    const given = items.map((item) => item.given());
    const by = (name) => Object.fromEntries(questions.map((question, at) => [question.id, given[at][name]]));
    const stamp = link.next(problem);
    asked.add(stamp.id);
    try {
      model.send({ kind: "finish", answers: by("answer"), sure: by("sure"), ...stamp });
    } catch {
      link.lost();
    }
  });
  link.watch(problem);
  const foot = mode === "practice" ? [] : [make("div", { class: "cq-buttons" }, finish), problem];
  const summary = live("p", "cq-review");
  const root = make("div", { class: "cq", lang: WORDS.language, dir: WORDS.direction }, ...items.map(({ form }) => form), ...foot, ...(questions.length > 1 ? [summary] : []));
  el.replaceChildren(root);
  const sum = () => {
    const entries = questions.map(({ id }) => ({ ...BLANK, ...model.get("answers")[id] }));
    finish.disabled = mode === "test" && entries.every(({ locked }) => locked);
    const answered = entries.map(({ echo }) => echo).find((echo) => asked.has(echo));
    if (answered) { link.heard(answered); asked.delete(answered); problem.textContent = ""; }
    const { done, total: n, right, marked, open } = review(entries, questions.map(({ graded }) => graded));
    if (!done) return;
    const rest = open.length ? ` ${say("open", { numbers: open.join(", ") })}` : "";
    const text = (marked ? say("done_right", { done, n, right }) : say("done", { done, n })) + rest;
    if (summary.textContent !== text) summary.textContent = text;
  };
  sum();
  const update = () => { items.forEach((item) => item.update()); sum(); };
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
