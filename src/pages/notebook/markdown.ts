import MarkdownIt from "markdown-it";

// HTML in it is shown as it is written: cells that came by a link may be anybody's.
const parser = new MarkdownIt({html: false, linkify: true});

/** A text of Markdown as an element. */
export function markdownView(text: string): HTMLElement {
  const view = document.createElement("div");
  view.className = "shown-markdown";
  view.innerHTML = parser.render(text);
  return view;
}
