/** Joins a sign or a unit to its number: no line begins with it. */
const JOINED = "\u00a0";

/**
 * Words as they are set: apostrophes curved, and what belongs to a number on its line. Sizes have room around their sign (3 × 3).
 *
 * @param text plain words, no markup
 */
export function typeset(text: string): string {
  return text
    .replaceAll(/(?<=[\p{L}\d])'/gu, "\u2019")
    .replaceAll(/(?<=\d) ?([×·]) ?(?=\d)/g, `${JOINED}$1${JOINED}`)
    .replaceAll(/(?<=\d) (?=(?:%|px|ms|[kMG]?B|[kMG])(?![\p{L}\d]))/gu, JOINED);
}

/** Sets the words of what is not words alone: code and formulas stay as they are. @returns it */
export function typesetWithin<T extends Node>(node: T): T {
  const words = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode as Text;
    if (!text.parentElement?.closest("code, kbd, .katex")) text.data = typeset(text.data);
  }
  return node;
}
