import katex from "katex";
import type MarkdownIt from "markdown-it";

/** A formula that is written out in a page's Markdown. */
const WRITTEN_OUT = /^formula\((".*?(?<!\\)")(?:, \{display: (true)\})?\)$/s;
const LOADING = "<observablehq-loading></observablehq-loading>";

/**
 * Puts each formula that is written out in Markdown where it will stand, as MathML, which browsers set themselves: it is read before the
 * page's scripts are here, and what follows it does not move once they set it anew.
 */
export function standFormulas(md: MarkdownIt): MarkdownIt {
  const placeholder = md.renderer.rules["placeholder"]!;
  md.renderer.rules["placeholder"] = (tokens, index, ...rest) => {
    const rendered = placeholder(tokens, index, ...rest);
    const [, literal, isDisplay] = WRITTEN_OUT.exec(tokens[index]!.content.trim()) ?? [];
    if (literal === undefined) return rendered;
    const math = katex.renderToString(JSON.parse(literal) as string, {output: "mathml", displayMode: isDisplay !== undefined});
    // Its TeX would travel twice.
    const set = math.replace(/<annotation .*?<\/annotation>/s, "");
    return rendered.replace(
      LOADING,
      `<observablehq-loading class="formula-soon${isDisplay ? " formula-display" : ""}">${set}</observablehq-loading>`
    );
  };
  return md;
}
