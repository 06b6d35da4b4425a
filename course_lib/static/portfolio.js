// The portfolio as two files. Python makes them, the browser hands them out; nothing is fetched.

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function render({ model, el }) {
  const quiet = { "data-lm-suppress-shortcuts": "true" };
  const told = make("p");
  const name = make("input", { type: "text", class: "cq-text", maxlength: "120", autocomplete: "off", ...quiet });
  const label = make("label", {}, say("name"), " ", name);
  const buttons = ["html", "md"].map((form) => {
    const button = make("button", { type: "button", class: `cq-button${form === "md" ? " cq-quiet" : ""}`, ...quiet }, say(`download.${form}`));
    button.addEventListener("click", () => {
      status.textContent = say("making");
      model.send({ kind: "portfolio", form, name: name.value });
    });
    return button;
  });
  const status = make("p", { role: "status", "aria-live": "polite" });
  const hear = (message) => {
    if (message.kind === "told") status.textContent = message.text;
    if (message.kind !== "file") return;
    const url = URL.createObjectURL(new Blob([message.text], { type: message.type }));
    make("a", { href: url, download: message.name }).click();
    URL.revokeObjectURL(url);
    status.textContent = message.told;
  };
  const tell = () => { told.textContent = model.get("summary"); };
  const gone = () => { status.textContent = say("restarted"); };
  model.on("msg:custom", hear);
  model.on("change:summary", tell);
  model.on("comm_live_update", gone);
  tell();
  el.replaceChildren(make("div", { class: "cq", lang: WORDS.language, dir: WORDS.direction }, told, make("p", {}, label), make("div", { class: "cq-buttons" }, ...buttons), status));
  return () => {
    model.off("msg:custom", hear);
    model.off("change:summary", tell);
    model.off("comm_live_update", gone);
  };
}

export default { render };
