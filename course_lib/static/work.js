// The student's work as one file. The file is made and read in the browser; Python keeps the answers.

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** The name of the file: with the day, so that several can be told apart. */
export const fileName = (day) => `my-work-${day.toISOString().slice(0, 10)}.json`;

function render({ model, el }) {
  const quiet = { "data-lm-suppress-shortcuts": "true" };
  const download = make("button", { type: "button", class: "cq-button", ...quiet }, say("download"));
  const choose = make("input", { type: "file", accept: ".json,application/json", ...quiet });
  const label = make("label", {}, say("restore"), " ", choose);
  const status = make("p", { role: "status", "aria-live": "polite" });
  const save = (message) => {
    if (message.kind !== "file") return;
    const url = URL.createObjectURL(new Blob([message.text], { type: "application/json" }));
    make("a", { href: url, download: fileName(new Date()) }).click();
    URL.revokeObjectURL(url);
  };
  const tell = () => { status.textContent = model.get("told"); };
  const gone = () => { status.textContent = say("restarted"); };
  download.addEventListener("click", () => model.send({ kind: "download" }));
  choose.addEventListener("change", async () => {
    const [file] = choose.files;
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
  model.on("comm_live_update", gone);
  tell();
  el.replaceChildren(make("div", { class: "cq", lang: WORDS.language, dir: WORDS.direction }, make("div", { class: "cq-buttons" }, download), make("p", {}, label), status));
  return () => {
    model.off("msg:custom", save);
    model.off("change:told", tell);
    model.off("comm_live_update", gone);
  };
}

export default { render };
