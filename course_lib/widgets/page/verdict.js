// What is said of an answer: pure, from what Python marked and what stands in the form now.

/** @import { Answer, Entry, ShownNote } from "./page.js" */

import { say } from "./messages.js";

export const ICONS = { right: "✓", not_yet: "→", wrong: "→", unanswered: "○", kept: "✓" };

/**
 * Whether two answers are the same.
 * @param {Answer | null | undefined} a
 * @param {Answer | null | undefined} b
 */
export const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * The icon and the words for the state of an entry, given what stands in the form now and what the button says.
 * @param {Pick<Entry, "state" | "graded" | "locked" | "attempt">} entry
 * @param {Answer | null} now
 * @param {string} act
 */
export function verdict({ state, graded, locked, attempt }, now, act) {
  if (!state) return ["", ""];
  if (!same(now, graded)) return ["○", say("changed", { act })];
  if (locked && state === "not_yet") return [ICONS.wrong, say("state.wrong")];
  const word = say(`state.${state}`);
  return [ICONS[state], attempt > 1 ? say("tries", { verdict: word, n: attempt }) : word];
}

/**
 * The notes that still belong to what stands in the form now.
 * @param {Pick<Entry, "notes" | "graded">} entry
 * @param {Answer | null} now
 */
export function standing({ notes, graded }, now) {
  if (same(now, graded)) return notes;
  return notes.filter(({ where, right }) => {
    const [kind, text] = where.split(":");
    const place = Number(text);
    if (!Array.isArray(now)) return false;
    if (kind === "option") return now.some((one) => one === place);
    if (!Array.isArray(graded)) return false;
    if (kind === "row") return same(now[place], graded[place]) && now[place] !== null;
    const at = (/** @type {Answer[]} */ order) => order.indexOf(place);
    // What is said of a step that is not right yet is about the one below it too.
    return kind === "step" && right === true && at(now) === at(graded);
  });
}

/**
 * Whether a note only says again what the verdict on the whole question says, so that it needs no sign.
 * @param {Pick<ShownNote, "right">} note
 * @param {Pick<ShownNote, "right">[]} notes
 * @param {Entry["state"]} state
 */
export function repeats({ right }, notes, state) {
  if (right === null || notes.filter((one) => one.right !== null).length > 1) return false;
  return right ? state === "right" : state === "not_yet";
}

/**
 * How many questions are answered and right, and which are still open, as they are numbered.
 * @param {Pick<Entry, "state">[]} entries
 * @param {(boolean | undefined)[]} graded
 */
export function review(entries, graded) {
  const open = entries.flatMap(({ state }, at) => (!state || state === "unanswered" ? [at + 1] : []));
  const right = entries.filter(({ state }, at) => graded[at] && state === "right").length;
  const done = entries.length - open.length;
  const marked = graded.filter(Boolean).length;
  return { done, total: entries.length, right, marked, open };
}

/**
 * How many rows are right, as a sentence; empty where there are no rows.
 * @param {Pick<ShownNote, "where" | "right">[]} notes
 */
export function rowsRight(notes) {
  const rows = notes.filter(({ where }) => where.startsWith("row:"));
  return rows.length ? say("rows", { right: rows.filter(({ right }) => right).length, n: rows.length }) : "";
}
