// The controls of a picture.

/** @import { Control, ControlValue } from "./page.js" */

import { control, make } from "./dom.js";
import { ofLessons } from "./messages.js";

/**
 * What a slider at this place is called.
 * @param {string[] | undefined} texts
 * @param {string} value
 */
export const shownText = (texts, value) => texts?.[Number(value)] ?? value;

/**
 * A control with its label, and what it says.
 * @param {Control} shown
 * @param {string} uid what names in it begin with
 * @returns {{ node: HTMLElement, read: () => ControlValue }}
 */
export function controlFor(shown, uid) {
  const id = `${uid}-${shown.name}`;
  const label = make("label", { for: id }, shown.label);
  const row = (/** @type {(Node | string)[]} */ ...children) => make("div", { class: "cx-control" }, ...children);
  if (shown.kind === "choice") {
    const named = shown.named ?? [];
    const options = shown.texts.map((text, value) =>
      make("option", { value, ...(named.includes(value) ? ofLessons() : {}) }, text),
    );
    const menu = control("select", { id, class: "cx-menu" }, ...options);
    menu.value = String(shown.value);
    return { node: row(label, menu), read: () => Number(menu.value) };
  }
  if (shown.kind === "switch") {
    const box = control("input", { type: "checkbox", id });
    box.checked = shown.value;
    const node = row(box, label);
    node.classList.add("cx-switch");
    return { node, read: () => box.checked };
  }
  if (shown.kind === "search") {
    const field = control("input", { type: "search", id, class: "cx-search", autocomplete: "off", ...ofLessons() });
    return { node: row(label, field), read: () => field.value };
  }
  const { low, high, step, texts } = shown;
  const slider = control("input", { type: "range", id, min: low, max: high, step });
  slider.value = String(shown.value);
  // The slider says its own value; said twice it would be noise.
  const output = make("output", { for: id, "aria-live": "off" });
  const show = () => {
    output.textContent = shownText(texts, slider.value);
    slider.setAttribute("aria-valuetext", output.textContent);
  };
  slider.addEventListener("input", show);
  show();
  return { node: row(label, slider, output), read: () => Number(slider.value) };
}
