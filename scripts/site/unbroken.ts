import type MarkdownIt from "markdown-it";
import type StateCore from "markdown-it/lib/rules_core/state_core.mjs";

/** Keeps a size that prose names, as 3 × 3, on one line. */
export function keepSizesWhole(md: MarkdownIt): MarkdownIt {
  md.core.ruler.push("sizes", ({tokens}: StateCore) => {
    for (const {children} of tokens)
      for (const child of children ?? [])
        if (child.type === "text") child.content = child.content.replaceAll(/(?<=\d) × (?=\d)/g, "\u00a0×\u00a0");
  });
  return md;
}
