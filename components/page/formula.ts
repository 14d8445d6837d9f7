import {html} from "htl";
import katex from "katex";

export interface Formula extends HTMLElement {
  /** Shows another formula in TeX. */
  update(tex: string): void;
}

/** A formula, by KaTeX: HTML for the eye, MathML for a screen reader. */
export function formula(tex: string, {display = false}: {display?: boolean} = {}): Formula {
  const element = html`<span class=${display ? "formula formula-display" : "formula"}></span>` as Formula;
  element.update = (next) => katex.render(next, element, {displayMode: display, throwOnError: false, output: "htmlAndMathml"});
  element.update(tex);
  return element;
}
