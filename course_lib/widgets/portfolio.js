// The portfolio as two files. Python makes them, the browser hands them out; nothing is fetched.

/** @import { PortfolioModel, PortfolioReply, Rendered } from "./page/page.js" */

import "./page/setting.js";
import { button, control, handOut, live, make } from "./page/dom.js";
import { frame, say } from "./page/messages.js";
import { whenLost } from "./page/transport.js";

/** @param {Rendered<PortfolioModel, null>} given */
function render({ model, el }) {
  const summary = make("p");
  const name = control("input", { type: "text", class: "cq-text", maxlength: 120, autocomplete: "off" });
  const label = make("label", {}, say("name"), " ", name);
  const status = live("p");
  /** @type {(form: "html" | "md", names: string) => HTMLButtonElement} */
  const offer = (form, names) => {
    const one = button(say(`download.${form}`), names);
    one.addEventListener("click", () => {
      status.textContent = say("making");
      model.send({ kind: "portfolio", form, name: name.value });
    });
    return one;
  };
  /** @param {PortfolioReply} message */
  const hear = (message) => {
    if (message.kind === "told") status.textContent = message.text;
    if (message.kind !== "file") return;
    handOut(message.name, message.type, message.text);
    status.textContent = message.told;
  };
  const tell = () => {
    summary.textContent = model.get("summary");
  };
  model.on("msg:custom", hear);
  model.on("change:summary", tell);
  const hushed = whenLost(model, () => {
    status.textContent = say("restarted");
  });
  tell();
  const buttons = make("div", { class: "cq-buttons" }, offer("html", ""), offer("md", "cq-quiet"));
  el.replaceChildren(make("div", { class: "cq", ...frame() }, summary, make("p", {}, label), buttons, status));
  return () => {
    model.off("msg:custom", hear);
    model.off("change:summary", tell);
    hushed();
  };
}

export default { render };
