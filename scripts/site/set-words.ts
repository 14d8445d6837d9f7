import type MarkdownIt from "markdown-it";
import type StateCore from "markdown-it/lib/rules_core/state_core.mjs";
import {typeset} from "../../components/page/typeset.js";

/** Sets the words of a page's Markdown as those of its figures are: code and markup stay as they are. */
export function setWords(md: MarkdownIt): MarkdownIt {
  md.core.ruler.push("set-words", (state: StateCore) => {
    for (const {children} of state.tokens) {
      for (const child of children ?? []) if (child.type === "text") child.content = typeset(child.content);
    }
  });
  return md;
}
