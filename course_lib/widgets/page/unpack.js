// Unpacks the script and the constants that come with a widget, and hands over to the script.

/** @import { PackedModel, Rendered, Widget, WholeModel } from "./page.js" */

const KEPT = Symbol.for("course_lib.scripts");
const page = /** @type {{ [KEPT]?: Map<string, Promise<{ default: Widget }>> }} */ (globalThis);
// One copy of each script in a page, however many widgets use it and however often a cell is run.
page[KEPT] ??= new Map();
const scripts = page[KEPT];

/** @param {BlobPart} bytes */
const unpacked = (bytes) =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();

/** @param {BlobPart} bytes @returns {Promise<{ default: Widget }>} */
async function loaded(bytes) {
  const url = URL.createObjectURL(new Blob([await unpacked(bytes)], { type: "text/javascript" }));
  try {
    return await import(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param {PackedModel} model */
function script(model) {
  const name = model.get("script");
  const there = scripts.get(name);
  if (there) return there;
  const coming = loaded(model.get("code"));
  // What failed is not kept, so that running the cell again can help.
  coming.catch(() => scripts.delete(name));
  scripts.set(name, coming);
  return coming;
}

/**
 * anywidget gives a widget two seconds to begin. On a slow or busy computer that is not enough, and the
 * widget would never hear again what Python says. Here it hears in any case, by what anywidget builds upon:
 * the one place on a page that reaches into its private parts.
 * @param {WholeModel} whole
 */
function hear(whole) {
  const { _handle_comm_msg: heard } = Object.getPrototypeOf(whole.constructor.prototype);
  whole.comm?.on_msg(heard.bind(whole));
  whole.unset("heard", { silent: true });
}

export default () => {
  /** @type {Promise<unknown>} */
  let constants;
  return {
    /** @param {{ model: PackedModel }} given */
    initialize({ model }) {
      // A change tells whose it is: the model itself, of which a widget is given a part only.
      model.on("change:heard", hear);
      model.set("heard", true);
      script(model);
      constants = unpacked(model.get("constants")).then(JSON.parse);
    },
    /** @param {Rendered<PackedModel, never>} given */
    async render(given) {
      const [{ default: widget }, told] = await Promise.all([script(given.model), constants]);
      return widget.render({ ...given, constants: told });
    },
  };
};
