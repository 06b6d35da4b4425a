/** @import { Input, ShownOrder } from "../page.js" */

import { button, live, make } from "../dom.js";
import { register } from "../inputs.js";
import { isolated, say } from "../messages.js";

/**
 * An order with the step at one position moved up or down, or the same order at its ends.
 * @param {number[]} order
 * @param {number} at
 * @param {number} by
 */
export function moved(order, at, by) {
  const to = at + by;
  if (to < 0 || to >= order.length) return order;
  const next = [...order];
  [next[at], next[to]] = [next[to], next[at]];
  return next;
}

/**
 * A list whose steps move up and down by buttons; the focus stays with the step that moved.
 * @type {(question: ShownOrder) => Input<number[] | null>}
 */
function ordering(question) {
  const first = question.options.map((_, place) => place);
  /** @type {number[] | null} */
  let order = null;
  const said = live("span", "cq-hidden");
  const list = make("ol", { class: "cq-order" });
  const notes = question.options.map(() => make("div", { class: "cq-notes" }));
  const plain = question.options.map((text) => isolated(make("span", { html: text }).textContent ?? ""));
  const steps = question.options.map((text, place) => {
    /** @type {(by: number, sign: string, label: string) => HTMLButtonElement} */
    const mover = (by, sign, label) => {
      const made = button(sign, "cq-quiet cq-move");
      made.setAttribute("aria-label", label);
      made.addEventListener("click", () => {
        const now = order ?? first;
        const next = moved(now, now.indexOf(place), by);
        if (next === now) return;
        order = next;
        arrange();
        const at = order.indexOf(place);
        (made.disabled ? [up, down].find((one) => !one.disabled) : made)?.focus();
        said.textContent = say("moved", { step: plain[place], at: at + 1, n: order.length });
        made.dispatchEvent(new Event("change", { bubbles: true }));
      });
      return made;
    };
    const up = mover(-1, "↑", say("up", { step: plain[place] }));
    const down = mover(1, "↓", say("down", { step: plain[place] }));
    const moves = make("span", { class: "cq-moves" }, up, down);
    return { up, down, node: make("li", {}, moves, make("span", { html: text }), notes[place]) };
  });
  const arrange = () => {
    const now = order ?? first;
    const root = /** @type {Document | ShadowRoot} */ (list.getRootNode());
    const focused = /** @type {HTMLButtonElement | null} */ (root.activeElement ?? null);
    now.forEach((place, at) => {
      const { node, up, down } = steps[place];
      up.disabled = at === 0;
      down.disabled = at === now.length - 1;
      if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
    });
    if (focused && list.contains(focused) && !focused.disabled) focused.focus();
  };
  arrange();
  return {
    node: make("div", {}, list, said),
    read: () => order,
    write(answer) {
      order = answer ?? null;
      arrange();
    },
    noteAt: (place) => notes[place],
  };
}

register("order", ordering);
