import MarkdownIt from "markdown-it";

// HTML in it is shown as it is written: cells that came by a link may be anybody's.
const parser = new MarkdownIt({html: false, linkify: true});

// Below the page's own heading.
parser.core.ruler.push("lower_headings", ({tokens}) => {
  for (const token of tokens) if (token.type.startsWith("heading_")) token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 1)}`;
});

/** A text of Markdown as an element. */
export function markdownView(text: string): HTMLElement {
  const view = document.createElement("div");
  view.className = "shown-markdown";
  view.innerHTML = parser.render(text);
  return view;
}
