import {figureCode} from "../../components/page/figure-code.js";
import type {CodeText} from "../../components/page/figure-code.js";
import {part} from "../../part.js";
import {pageAddress} from "../../site.js";
import type * as Codes from "./code/index.js";
import type {FigureCode} from "./code/figure-code.js";

/** What the code follows: the state of a lesson. */
interface Followed<S> {
  get(): S;
  listen(listener: () => void): void;
}

/**
 * The code of a figure, folded: nothing of it is loaded before it is opened; from then on it follows the page's state.
 *
 * @param store of the lesson
 * @param pick the figure's among all codes
 * @returns what makes it for a figure of a title
 */
export function codeUnder<S>(store: Followed<S>, pick: (codes: typeof Codes) => (state: S) => FigureCode): (figure: string) => HTMLElement {
  return (figure) => codeOf(figure, store, pick);
}

function codeOf<S>(figure: string, store: Followed<S>, pick: (codes: typeof Codes) => (state: S) => FigureCode): HTMLElement {
  let loading: Promise<(state: S) => FigureCode> | null = null;
  /** Counts what was asked to be shown: what is overtaken is not. */
  let latest = 0;
  const view = figureCode({figure, onOpen: () => void show()});

  async function show(): Promise<void> {
    if (!view.open) return;
    const mine = ++latest;
    try {
      const make = await (loading ??= part(() => import("./code/index.js")).then(pick));
      const code = make(store.get());
      const href = await notebookLink(figure, code);
      if (mine === latest) view.update(textsOf(code), href);
    } catch (reason) {
      loading = null;
      if (mine === latest) view.fail(reason instanceof Error ? reason.message : String(reason));
    }
  }
  store.listen(() => void show());
  return view;
}

function textsOf({cells, pytorch, tensorflow}: FigureCode): CodeText[] {
  return [
    {language: "Notebook", text: cells.join("\n\n")},
    ...(pytorch ? [{language: "PyTorch", text: pytorch}] : []),
    ...(tensorflow ? [{language: "TensorFlow", text: tensorflow}] : [])
  ];
}

/** The address of a notebook that holds the code: its cells wait for the reader there, as those of any link. */
async function notebookLink(figure: string, {cells}: FigureCode): Promise<string> {
  const {toFragment} = await part(() => import("../../notebook/address.js"));
  const intro = {
    id: 1,
    mode: "md" as const,
    text: `# ${figure}\n\nThe code of a lesson's figure, with what was set there. Change it: whatever uses a value runs anew.`
  };
  const notebook = {title: figure, cells: [intro, ...cells.map((text, index) => ({id: index + 2, mode: "js" as const, text}))]};
  return `${pageAddress("/notebook")}#${await toFragment(notebook)}`;
}
