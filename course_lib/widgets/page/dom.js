// Nodes of a page.

import { ofLessons } from "./messages.js";

/** @typedef {Record<string, string | number | undefined>} Attributes */
/** @typedef {keyof HTMLElementTagNameMap} Tag */

/**
 * An element with these attributes; `html` is what stands in it, cleaned in Python and in the language of the
 * lessons, each text by its own script.
 * @template {Tag} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} children
 */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "html") Object.assign(node, { innerHTML: value ?? "", dir: "auto", ...ofLessons() });
    else if (value !== undefined) node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/**
 * An element that is typed or clicked on. JupyterLab takes arrows and letters typed on controls as its own
 * commands unless each says otherwise.
 * @template {Tag} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} children
 */
export const control = (tag, attributes, ...children) =>
  make(tag, { "data-lm-suppress-shortcuts": "true", ...attributes }, ...children);

/**
 * An element whose text is said whenever it changes.
 * @template {Tag} T
 * @param {T} tag
 * @param {string} [name] its class
 */
export const live = (tag, name) => make(tag, { class: name, role: "status", "aria-live": "polite" });

/**
 * A button.
 * @param {string} text
 * @param {string} [names] classes beside its own
 */
export const button = (text, names = "") =>
  control("button", { type: "button", class: `cq-button${names && ` ${names}`}` }, text);

/**
 * Puts a text into a node that is read out when it changes, and leaves it alone where it is the same.
 * @param {Node} node
 * @param {string} text
 */
export const put = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

/** A name that nothing else in the page has. @param {string} start */
export const unique = (start) => `${start}${Math.random().toString(36).slice(2, 9)}`;

/**
 * Gives the reader a file that is made of a text.
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
export function handOut(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
