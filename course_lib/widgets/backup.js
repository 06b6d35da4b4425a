// The student's work as one file. The file is made and read in the browser; Python keeps the answers.

/** @import { BackupModel, Rendered, WorkFile } from "./page/page.js" */

import "./page/setting.js";
import { button, control, handOut, live, make } from "./page/dom.js";
import { frame, say } from "./page/messages.js";
import { whenLost } from "./page/transport.js";

/**
 * The name of the file: with the day, so that several can be told apart.
 * @param {Date} day
 */
const fileName = (day) => `my-work-${day.toISOString().slice(0, 10)}.json`;

/** @param {Rendered<BackupModel, null>} given */
function render({ model, el }) {
  const download = button(say("download"));
  const choose = control("input", { type: "file", accept: ".json,application/json" });
  const label = make("label", {}, say("restore"), " ", choose);
  const status = live("p");
  /** @param {WorkFile} message */
  const save = (message) => {
    if (message.kind === "file") handOut(fileName(new Date()), "application/json", message.text);
  };
  const tell = () => {
    status.textContent = model.get("told");
  };
  download.addEventListener("click", () => model.send({ kind: "download" }));
  choose.addEventListener("change", async () => {
    const file = choose.files?.[0];
    if (!file) return;
    try {
      model.send({ kind: "restore", text: await file.text() });
    } catch {
      status.textContent = say("unreadable");
    }
    choose.value = "";
  });
  model.on("msg:custom", save);
  model.on("change:told", tell);
  const hushed = whenLost(model, () => {
    status.textContent = say("restarted");
  });
  tell();
  const buttons = make("div", { class: "cq-buttons" }, download);
  el.replaceChildren(make("div", { class: "cq", ...frame() }, buttons, make("p", {}, label), status));
  return () => {
    model.off("msg:custom", save);
    model.off("change:told", tell);
    hushed();
  };
}

export default { render };
