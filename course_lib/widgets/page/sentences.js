/**
 * The first sentence of a text, to be read out when the picture has changed.
 * @param {string} text
 */
export const firstSentence = (text) => /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
