// From this many places to click on, a grid is set as a table where there is room.
const LARGE = 100;
// After so many rows of a table its column heads stand again: an output cannot keep them in view.
const HEADS = 8;

/** Rows under column heads. On a wide page the heads stand above; on a narrow one each input has its own. */
function table(columns, rows) {
  const heads = () => make("div", { class: "cq-heads", "aria-hidden": "true" }, make("span"), ...columns.map((text) => make("span", OF_LESSONS, text)));
  const node = make("div", { class: "cq-table" }, ...rows.flatMap((row, at) => (at % HEADS ? [row] : [heads(), row])));
  node.style.setProperty("--cq-columns", columns.length);
  return node;
}

const rowName = (row) => make("legend", {}, row.ref ? make("span", { class: "cq-ref", ...OF_LESSONS }, `${row.ref} `) : "", make("span", { html: row.text }));

/** One menu for each row under each column. */
function matrix(question, uid) {
  const rows = question.rows.map((row, at) => {
    const menus = question.columns.map((_, n) => control("select", { id: `${uid}-${at}-${n}`, class: "cq-menu" },
      make("option", { value: "" }, "–"), ...question.choices.map((text, place) => make("option", { value: place, ...OF_LESSONS }, text))));
    const cells = menus.map((menu, n) => make("div", { class: "cq-cell" }, make("label", { for: menu.id, ...OF_LESSONS }, question.columns[n]), menu));
    const notes = make("div", { class: "cq-notes" });
    return { menus, notes, node: make("fieldset", { class: "cq-row" }, rowName(row), ...cells, notes) };
  });
  return {
    node: table(question.columns, rows.map(({ node }) => node)),
    read: () => rows.map(({ menus }) => menus.map(({ value }) => (value === "" ? null : Number(value)))),
    write: (answer) => rows.forEach(({ menus }, at) => menus.forEach((menu, n) => { menu.value = answer?.[at]?.[n] ?? ""; })),
    noteAt: (place) => rows[place].notes,
  };
}

/** One choice for each row. */
function grid(question, uid) {
  const rows = question.rows.map((row, at) => {
    const one = radios(`${uid}-${at}`, question.choices.map((text) => make("span", OF_LESSONS, text)));
    const notes = make("div", { class: "cq-notes" });
    return { ...one, notes, node: make("fieldset", { class: "cq-row" }, rowName(row), one.node, notes) };
  });
  const nodes = rows.map(({ node }) => node);
  const large = rows.length * question.choices.length >= LARGE;
  return {
    node: large ? table(question.choices, nodes) : make("div", {}, ...nodes),
    read: () => rows.map(({ read }) => read()),
    write: (answer) => rows.forEach(({ write }, at) => write(answer?.[at])),
    noteAt: (place) => rows[place].notes,
  };
}

Object.assign(INPUTS, { grid, matrix });
