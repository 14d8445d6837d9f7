import {format} from "prettier";
import {drawnOn} from "./drawing.js";

/**
 * A view as a page of its own, for the repository: written so that a change of what it shows is a change of few lines, and so that
 * a browser that opens the file shows it in the style of a lesson's figure. What is drawn on a canvas stands in it as text.
 *
 * @param title the view's folder and name
 */
export async function pictureOf(title: string, view: Element): Promise<string> {
  const copy = view.cloneNode(true) as Element;
  const copies = [copy, ...copy.querySelectorAll("*")];
  [view, ...view.querySelectorAll("*")].forEach((element, index) => writeState(element, copies[index]!));
  const text = copy.outerHTML
    .replaceAll(/(?<=-)[\da-f]{24}\b/g, inOrder())
    // The last digits of a sine or a power are the machine's.
    .replaceAll(/-?\d+\.\d{4,}(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 1000) / 1000));
  return format(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
    <link rel="stylesheet" href="../../../src/style.css"><script defer src="../canvases.js"></script></head>
    <body><main id="observablehq-main"><div class="lesson-figure">${text}</div></main></body></html>`,
    {parser: "html", printWidth: 140, htmlWhitespaceSensitivity: "ignore"}
  );
}

/** Writes into attributes what an element keeps beside them. */
function writeState(element: Element, copy: Element): void {
  if (element instanceof HTMLInputElement) {
    if (element.type !== "file") copy.setAttribute("value", element.value);
    copy.toggleAttribute("checked", element.checked);
  } else if (element instanceof HTMLOptionElement) copy.toggleAttribute("selected", element.selected);
  else if (element instanceof HTMLCanvasElement) {
    const lines = drawnOn(element);
    if (lines.length > 0) copy.append(document.createComment(`\n${lines.join("\n")}\n`));
  }
}

/** Names for random ids: the first that is seen is 1, ... */
function inOrder(): (id: string) => string {
  const seen: string[] = [];
  return (id) => {
    if (!seen.includes(id)) seen.push(id);
    return String(seen.indexOf(id) + 1);
  };
}
