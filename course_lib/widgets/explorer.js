// A picture with controls: what they say goes to Python, picture and words come back.

/** @import { ExplorerModel, Rendered, ShownExplorer } from "./page/page.js" */

import "./page/setting.js";
import { controlFor } from "./page/controls.js";
import { control, live, make, unique } from "./page/dom.js";
import { frame, ofLessons } from "./page/messages.js";
import { firstSentence } from "./page/sentences.js";
import { oneAtATime, whenLost } from "./page/transport.js";

/**
 * Says a text in an element, which is marked where the text is in the language of the lessons.
 * @param {HTMLElement} node
 * @param {string} text
 * @param {boolean} inLessons
 */
function tell(node, text, inLessons) {
  node.textContent = text;
  for (const [name, value] of Object.entries(ofLessons())) {
    if (inLessons) node.setAttribute(name, value);
    else node.removeAttribute(name);
  }
}

/**
 * Shows a picture when it is whole, so that nothing flickers.
 * @param {HTMLImageElement} image
 */
function painter(image) {
  let url = "";
  let newest = 0;
  return {
    /** @param {BlobPart} picture a PNG file */
    async paint(picture) {
      newest += 1;
      const turn = newest;
      const next = URL.createObjectURL(new Blob([picture], { type: "image/png" }));
      const ready = new Image();
      ready.src = next;
      await ready.decode().catch(() => {});
      if (turn !== newest) {
        URL.revokeObjectURL(next);
        return;
      }
      image.src = next;
      if (url) URL.revokeObjectURL(url);
      url = next;
    },
    close() {
      newest += 1;
      if (url) URL.revokeObjectURL(url);
    },
  };
}

/** @param {Rendered<ExplorerModel, ShownExplorer>} given */
function render({ model, el, constants }) {
  const uid = unique("cx");
  const parts = constants.controls.map((shown) => ({ name: shown.name, ...controlFor(shown, uid) }));
  const image = make("img", { class: "cx-picture", alt: "", ...ofLessons() });
  const caption = make("figcaption");
  const table = make("div");
  const numbers = make("details", { class: "cx-numbers" }, control("summary", {}, constants.numbers), table);
  const status = live("p", "cx-status");
  const legend = make("legend", {}, constants.title);
  const fields = make("fieldset", {}, legend, ...parts.map(({ node }) => node));
  const form = make("form", { class: "cx-controls" }, fields);
  const figure = make("figure", {}, image, caption);
  el.replaceChildren(make("div", { class: "cx", ...frame() }, form, figure, numbers, status));

  const { paint, close } = painter(image);
  const painted = () => paint(model.get("picture"));
  /** @param {boolean} first */
  const report = (first) => {
    const { alt, caption: words, problem, ours, numbers: rows } = model.get("told");
    image.alt = alt;
    if (words !== undefined) caption.innerHTML = words; // cleaned and marked in Python
    if (rows !== undefined) table.innerHTML = rows; // likewise
    tell(status, problem || (first ? "" : firstSentence(alt)), !ours);
    status.classList.toggle("cx-problem", Boolean(problem));
  };
  const link = oneAtATime(
    (id) => {
      const values = Object.fromEntries(parts.map(({ name, read }) => [name, read()]));
      model.send({ values, numbers: numbers.open, id });
    },
    (text) => tell(status, text, false),
  );
  const heard = () => {
    report(false);
    link.heard(model.get("told").echo);
  };
  form.addEventListener("input", link.ask);
  numbers.addEventListener("toggle", () => {
    if (numbers.open) link.ask();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  model.on("change:picture", painted);
  model.on("change:told", heard);
  const hushed = whenLost(model, link.lost);
  painted();
  report(true);
  return () => {
    link.close();
    close();
    model.off("change:picture", painted);
    model.off("change:told", heard);
    hushed();
  };
}

export default { render };
