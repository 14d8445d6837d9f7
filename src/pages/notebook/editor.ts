import {acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap} from "@codemirror/autocomplete";
import {defaultKeymap, history, historyKeymap} from "@codemirror/commands";
import {javascript, typescriptLanguage} from "@codemirror/lang-javascript";
import {markdown} from "@codemirror/lang-markdown";
import {bracketMatching, indentOnInput, indentUnit, syntaxHighlighting} from "@codemirror/language";
import {setDiagnostics} from "@codemirror/lint";
import {EditorState, Prec} from "@codemirror/state";
import {EditorView, drawSelection, keymap} from "@codemirror/view";
import {classHighlighter} from "@lezer/highlight";
import type {Mode, Place} from "../../notebook/notebook.js";
import {completions, nameTips} from "./completion.js";

export interface Editor {
  readonly element: HTMLElement;
  text(): string;
  /** Marks what is wrong, where; null takes it back. */
  mark(problem: {readonly message: string; readonly place: Place} | null): void;
  /** Its name for who does not see it. */
  call(label: string): void;
  focus(): void;
  dispose(): void;
}

/**
 * An editor for the text of a cell. Tab leaves it, as it does every field; with a list of completions open it takes the chosen one.
 *
 * @param options.onRun called when the reader asks for it to run, by Shift or Ctrl with Enter
 * @param options.names names that the notebook's cells give
 */
export function cellEditor({
  mode,
  text,
  label,
  onChange,
  onRun,
  names
}: {
  readonly mode: Mode;
  readonly text: string;
  readonly label: string;
  onChange(): void;
  onRun(): void;
  names(): readonly string[];
}): Editor {
  let called = label;
  const run = () => {
    onRun();
    return true;
  };
  const language =
    mode === "md"
      ? markdown()
      : [javascript({typescript: true}), typescriptLanguage.data.of({autocomplete: completions(names)}), closeBrackets(), nameTips];
  const view = new EditorView({
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(
          keymap.of([
            {key: "Shift-Enter", run},
            {key: "Mod-Enter", run},
            {key: "Tab", run: acceptCompletion}
          ])
        ),
        history(),
        drawSelection(),
        indentOnInput(),
        indentUnit.of("  "),
        bracketMatching(),
        syntaxHighlighting(classHighlighter),
        autocompletion(),
        EditorView.lineWrapping,
        language,
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
        EditorView.contentAttributes.of(() => ({"aria-label": called})),
        EditorView.updateListener.of(({docChanged}) => {
          if (docChanged) onChange();
        })
      ]
    })
  });
  return {
    element: view.dom,
    text: () => view.state.doc.toString(),
    mark(problem) {
      const {doc} = view.state;
      if (!problem) return view.dispatch(setDiagnostics(view.state, []));
      const line = doc.line(Math.min(Math.max(1, problem.place.line), doc.lines));
      const from = Math.min(line.from + problem.place.column, line.to);
      const word = view.state.wordAt(from);
      const to = word && word.to > from ? word.to : Math.min(from + 1, line.to);
      view.dispatch(setDiagnostics(view.state, [{from: Math.min(from, to), to, severity: "error", message: problem.message}]));
    },
    call(label) {
      if (label === called) return;
      called = label;
      view.contentDOM.setAttribute("aria-label", label);
    },
    focus: () => view.focus(),
    dispose: () => view.destroy()
  };
}
