import katex from "katex";
import type MarkdownIt from "markdown-it";
import {typeset} from "../../components/page/typeset.js";

/** A formula, and words that set a figure, as they are written out in a page's Markdown. */
const FORMULA = /^formula\((".*?(?<!\\)")(?:, \{display: (true)\})?\)$/s;
const SHOWN = /^page\.show\((".*?(?<!\\)"),/s;
const LOADING = "<observablehq-loading></observablehq-loading>";

/**
 * Puts what is written out in Markdown where it will stand, formulas as MathML, which browsers set themselves: it is read before the page's
 * scripts are here, and what follows it does not move once they are.
 */
export function standInLine(md: MarkdownIt): MarkdownIt {
  const placeholder = md.renderer.rules["placeholder"]!;
  md.renderer.rules["placeholder"] = (tokens, index, ...rest) => {
    const rendered = placeholder(tokens, index, ...rest);
    const standing = standInOf(tokens[index]!.content.trim(), md);
    return standing === null ? rendered : rendered.replace(LOADING, () => standing);
  };
  return md;
}

function standInOf(expression: string, md: MarkdownIt): string | null {
  const soon = (content: string, more = "") => `<observablehq-loading class="in-line-soon${more}">${content}</observablehq-loading>`;
  const [, words] = SHOWN.exec(expression) ?? [];
  if (words !== undefined) return soon(md.utils.escapeHtml(typeset(JSON.parse(words) as string)));
  const [, tex, isDisplay] = FORMULA.exec(expression) ?? [];
  if (tex === undefined) return null;
  const math = katex.renderToString(JSON.parse(tex) as string, {output: "mathml", displayMode: isDisplay !== undefined});
  // Its TeX would travel twice.
  return soon(math.replace(/<annotation .*?<\/annotation>/s, ""), isDisplay ? " formula-display" : "");
}
