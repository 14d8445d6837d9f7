import {snippetCompletion} from "@codemirror/autocomplete";
import type {Completion, CompletionContext, CompletionResult} from "@codemirror/autocomplete";
import {localCompletionSource} from "@codemirror/lang-javascript";
import {syntaxTree} from "@codemirror/language";
import {hoverTooltip} from "@codemirror/view";
import type {EditorView} from "@codemirror/view";
import {html} from "htl";
import {NAMES_IN_SCOPE} from "../../notebook/names.js";
import type {NameInScope} from "../../notebook/names.js";

/** Nodes in which nothing is completed. */
const NO_NAMES = new Set(["String", "TemplateString", "LineComment", "BlockComment", "PropertyDefinition"]);

/** A name and what it is, for a list of completions or a tip. */
export function documented({call, text}: NameInScope): HTMLElement {
  return html`<div class="name-help"><code>${call}</code><p>${text}</p></div>` as HTMLElement;
}

function completionOf(named: NameInScope): Completion {
  const {name, call} = named;
  const options = {label: name, type: call.includes("(") ? "function" : "namespace", info: () => documented(named)};
  return call.includes("(") ? snippetCompletion(`${name}(\${})`, options) : options;
}

/**
 * What can be written where the cursor is: members after a dot, else names of the cell, of the other cells and in scope.
 *
 * @param cellNames names that the notebook's cells give
 */
export function completions(cellNames: () => readonly string[]): (context: CompletionContext) => CompletionResult | null {
  return (context) => {
    if (NO_NAMES.has(syntaxTree(context.state).resolveInner(context.pos, -1).name)) return null;
    const member = context.matchBefore(/\b[\w$]+\.[\w$]*/);
    if (member) {
      const [owner] = member.text.split(".") as [string];
      const members = NAMES_IN_SCOPE.find(({name}) => name === owner)?.members;
      return members ? {from: member.from + owner.length + 1, options: members.map(completionOf), validFor: /^[\w$]*$/} : null;
    }
    if (context.matchBefore(/\.[\w$]*/)) return null;
    const word = context.matchBefore(/[\w$]+/);
    if (!word && !context.explicit) return null;
    const from = word?.from ?? context.pos;
    const locals = localCompletionSource(context)?.options ?? [];
    const known = new Set(locals.map(({label}) => label));
    const others = cellNames().filter((name) => !known.has(name));
    return {
      from,
      options: [
        ...locals,
        ...others.map((name) => ({label: name, type: "variable", detail: "of a cell"})),
        ...NAMES_IN_SCOPE.map(completionOf)
      ],
      validFor: /^[\w$]*$/
    };
  };
}

/** What a name in scope is, shown while the pointer rests on it. */
export const nameTips = hoverTooltip((view: EditorView, position) => {
  const word = view.state.wordAt(position);
  if (!word) return null;
  const before = /([\w$]+)\.$/.exec(view.state.sliceDoc(Math.max(0, word.from - 40), word.from))?.[1];
  const among = before === undefined ? NAMES_IN_SCOPE : NAMES_IN_SCOPE.find(({name}) => name === before)?.members;
  const named = among?.find(({name}) => name === view.state.sliceDoc(word.from, word.to));
  return named ? {pos: word.from, end: word.to, above: true, create: () => ({dom: documented(named)})} : null;
});
