import {html} from "htl";

/** What was deleted, and a button that brings it back. */
export interface UndoNote {
  readonly element: HTMLElement;
  /** @param act brings it back */
  offer(words: string, act: () => unknown): void;
  clear(): void;
}

export function undoNote(attempt: (act: () => unknown) => Promise<void>): UndoNote {
  const element = html`<p class="notebook-undo" role="status"></p>` as HTMLElement;
  return {
    element,
    offer(words, act) {
      const undone = () => {
        element.replaceChildren();
        void attempt(act);
      };
      element.replaceChildren(words, " ", html`<button type="button" onclick=${undone}>Undo</button>` as Node);
    },
    clear: () => element.replaceChildren()
  };
}
