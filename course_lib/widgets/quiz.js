// The quiz as the student sees it. It shows what Python sends and sends what the student does:
// nothing here knows which answer is right.

/** @import { Entry, FormState, QuizModel, Question, Rendered, ShownNote } from "./page/page.js" */

import "./page/setting.js";
import { BLANK } from "./page/blank.js";
import { radios } from "./page/boxes.js";
import { button, control, live, make, put, unique } from "./page/dom.js";
import { inputFor } from "./page/inputs.js";
import { frame, ofInterface, say } from "./page/messages.js";
import { readingLine } from "./page/reading.js";
import { numbered, whenLost } from "./page/transport.js";
import { ICONS, repeats, review, rowsRight, same, standing, verdict } from "./page/verdict.js";

const TYPED = ["text", "textarea"];

/** @param {QuizModel} model @param {string} id @returns {Entry} */
const entryOf = (model, id) => ({ ...BLANK, ...model.get("answers")[id] });

/**
 * @param {Pick<ShownNote, "right" | "html">} note
 * @param {boolean} [unsigned] whether something beside it says already that it is right or not
 */
function noteNode({ right, html }, unsigned = false) {
  const kind = right === null ? "plain" : right ? "right" : "wrong";
  if (unsigned) return make("div", { class: `cq-note cq-${kind}` }, make("div", { html, ...ofInterface() }));
  const spoken = kind === "plain" ? "" : make("span", { class: "cq-hidden" }, `${say(`note.${kind}`)} `);
  const icon = kind === "plain" ? "" : `${ICONS[kind]} `;
  const sign = make("span", { class: "cq-mark" }, icon, spoken);
  return make("div", { class: `cq-note cq-${kind}` }, sign, make("div", { html, ...ofInterface() }));
}

/**
 * How sure a student is, as a group of its own.
 * @param {Question} question
 * @param {string} uid
 */
function certainty(question, uid) {
  const levels = [...Array(question.sure ?? 0).keys()].map((at) => make("span", {}, say(`sure_is.${at}`)));
  const one = radios(`${uid}-sure`, levels);
  if (!levels.length) return { ...one, node: "" };
  return { ...one, node: make("fieldset", { class: "cq-sure" }, make("legend", {}, say("sure")), one.node) };
}

/** @param {Question} question */
function actOf({ type, graded }) {
  if (type === "probability") return say("lodge");
  if (type === "text") return say("hand_in");
  return graded ? say("check") : say("save");
}

/**
 * Inside a notebook's output JupyterLab takes the usual effect of Enter away: here it is given back.
 * @param {HTMLFormElement} form
 * @param {KeyboardEvent} event
 */
function entered(form, event) {
  const field = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (event.target);
  if (event.key !== "Enter" || !TYPED.includes(field.type) || event.isComposing) return;
  if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  if (field.type !== "textarea") form.requestSubmit();
  // Old, but the one way to insert text that can be undone; browsers without it get the plain one.
  else if (!document.execCommand("insertText", false, "\n")) {
    field.setRangeText("\n", field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
  }
}

/**
 * One question as a form.
 * @param {Question} question
 * @param {number} number its place among all
 * @param {number} total
 * @param {QuizModel} model
 * @param {ReturnType<typeof numbered>} link
 */
function questionNode(question, number, total, model, link) {
  const uid = unique("cq");
  const parts = inputFor(question, uid);
  const sure = certainty(question, uid);
  const act = actOf(question);
  const tell = button(say("tell"), "cq-quiet");
  const revealed = live("div", "cq-revealed");
  const status = live("div", "cq-status");
  const hints = live("div", "cq-hints");
  const mode = model.get("mode");
  const alone = mode === "practice";
  const offered = question.hints ?? 0;
  const hint = offered && (alone || mode === "end") ? button("", "cq-quiet") : null;
  const problem = live("p", "cq-problem");
  const count = make("span", { class: "cq-count" }, say("question", { at: number, n: total }));
  const submit = alone ? [control("button", { type: "submit", class: "cq-button" }, act)] : [];
  const legend = make("legend", {}, count, make("span", { html: question.stem }));
  const more = make("div", { class: "cq-more", html: question.more });
  const buttons = make("div", { class: "cq-buttons" }, ...submit, hint ?? "", tell);
  const reading = parts.heard ? readingLine(parts, uid, () => changed()) : null;
  const group = make("fieldset", { class: "cq-group" }, legend, more, parts.node, reading?.node ?? "");
  const shown = [group, sure.node, buttons, hints, status, revealed, problem];
  const form = make("form", { class: "cq-item", novalidate: "" }, ...shown);
  const entry = () => entryOf(model, question.id);

  /** @param {"draft" | "answer" | "hint" | "reveal"} kind */
  const send = (kind) => {
    link.send(problem, (stamp) =>
      model.send({ kind, item: question.id, answer: parts.read(), sure: sure.read(), ...stamp }),
    );
  };
  /**
   * Shows each note at its place, if it has one; returns the others.
   * @param {ShownNote[]} notes
   * @param {Entry["state"]} state of the question as a whole, where it is shown
   */
  const placed = (notes, state) => {
    /** @type {Map<Element, HTMLElement>} */
    const places = new Map();
    const below = [];
    for (const note of notes) {
      const at = note.where === "item" ? null : parts.noteAt(Number(note.where.split(":")[1]));
      const node = noteNode(note, repeats(note, notes, state));
      if (at) places.set(at, node);
      else below.push(node);
    }
    for (const at of form.querySelectorAll(".cq-notes")) {
      const note = places.get(at);
      at.replaceChildren(...(note ? [note] : []));
    }
    return below;
  };
  const show = () => {
    const kept = entry();
    // First, since a text that was read stands for its number from then on.
    reading?.show(kept.locked ? null : kept.reading);
    const now = parts.read();
    const [icon, word] = verdict(kept, now, mode === "practice" ? act : say(`all.${mode}`));
    const notes = standing(kept, now);
    const whole = same(now, kept.graded);
    const below = placed(notes, whole ? kept.state : null);
    const rows = whole && kept.state === "not_yet" ? rowsRight(notes) : "";
    if (word) {
      const sign = make("span", { "aria-hidden": "true" }, `${icon} `);
      const words = rows ? say("with_rows", { verdict: word, rows }) : word;
      below.unshift(make("p", { class: `cq-verdict cq-${whole ? kept.state : "changed"}` }, sign, words));
    }
    status.replaceChildren(...below);
    problem.textContent = kept.problem;
    if (hints.childElementCount !== kept.hints.length) {
      hints.replaceChildren(...kept.hints.map((html) => make("div", { class: "cq-hint" }, make("div", { html }))));
    }
    if (kept.locked) {
      for (const one of form.querySelectorAll("input, textarea, select, button")) one.toggleAttribute("disabled", true);
    }
    tell.hidden = !kept.tell;
    if (revealed.innerHTML === "" && kept.revealed) revealed.append(noteNode({ right: null, html: kept.revealed }));
    if (hint) {
      const taken = kept.hints.length;
      hint.textContent = taken < offered ? say("hint", { at: taken + 1, n: offered }) : say("no_hint");
      hint.disabled = taken >= offered;
    }
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let typing;
  const changed = () => {
    show();
    send("draft");
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    if (alone) send("answer");
  });
  form.addEventListener("keydown", (event) => entered(form, event));
  form.addEventListener("input", (event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (![...TYPED, "range"].includes(field.type)) return;
    clearTimeout(typing);
    // What was read before is of another text.
    reading?.show(entry().reading);
    typing = setTimeout(changed, 400);
  });
  form.addEventListener("change", () => {
    clearTimeout(typing);
    if (!same(parts.read(), entry().answer) || !same(sure.read(), entry().sure)) changed();
  });
  hint?.addEventListener("click", () => send("hint"));
  tell.addEventListener("click", () => send("reveal"));
  parts.write(entry().answer);
  sure.write(entry().sure);
  show();
  link.watch(problem);
  let last = JSON.stringify(entry());
  return {
    form,
    /** @returns {FormState} */
    given() {
      clearTimeout(typing);
      return { answer: parts.read(), sure: sure.read() };
    },
    update() {
      const now = entry();
      if (JSON.stringify(now) === last) return;
      last = JSON.stringify(now);
      link.heard(now.echo);
      // What this view sent itself stands in the form already, and more may have been typed since.
      if (!link.mine(now.echo)) {
        parts.write(now.answer);
        sure.write(now.sure);
      }
      show();
    },
    close: () => clearTimeout(typing),
  };
}

/** @param {Rendered<QuizModel, Question[]>} given */
function render({ model, el, constants: questions }) {
  const link = numbered();
  const items = questions.map((question, at) => questionNode(question, at + 1, questions.length, model, link));
  const mode = model.get("mode");
  const finish = button(mode === "practice" ? "" : say(`all.${mode}`));
  const problem = live("p", "cq-problem");
  /** @type {Set<string | null>} */
  const asked = new Set();
  finish.addEventListener("click", () => {
    const given = items.map((item) => item.given());
    const answers = Object.fromEntries(questions.map(({ id }, at) => [id, given[at].answer]));
    const sure = Object.fromEntries(questions.map(({ id }, at) => [id, given[at].sure]));
    asked.add(link.send(problem, (stamp) => model.send({ kind: "finish", answers, sure, ...stamp })));
  });
  link.watch(problem);
  const foot = mode === "practice" ? [] : [make("div", { class: "cq-buttons" }, finish), problem];
  const summary = live("p", "cq-review");
  const forms = items.map(({ form }) => form);
  el.replaceChildren(
    make("div", { class: "cq", ...frame() }, ...forms, ...foot, ...(questions.length > 1 ? [summary] : [])),
  );
  const sum = () => {
    const entries = questions.map(({ id }) => entryOf(model, id));
    finish.disabled = mode === "test" && entries.every(({ locked }) => locked);
    const answered = entries.map(({ echo }) => echo).find((echo) => asked.has(echo));
    if (answered) {
      link.heard(answered);
      asked.delete(answered);
      problem.textContent = "";
    }
    const graded = questions.map((question) => question.graded);
    const { done, total: n, right, marked, open } = review(entries, graded);
    if (!done) return;
    const rest = open.length ? ` ${say("open", { numbers: open.join(", ") })}` : "";
    put(summary, (marked ? say("done_right", { done, n, right }) : say("done", { done, n })) + rest);
  };
  sum();
  const update = () => {
    for (const item of items) item.update();
    sum();
  };
  model.on("change:answers", update);
  const hushed = whenLost(model, link.lost);
  return () => {
    model.off("change:answers", update);
    hushed();
    for (const item of items) item.close();
    link.close();
  };
}

export default { render };
