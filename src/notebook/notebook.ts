/** A notebook as plain data: cells of TypeScript, which JavaScript is too, and of Markdown. */
export const MODES = ["js", "md"] as const;
export type Mode = (typeof MODES)[number];

export interface Cell {
  /** Of one cell of its notebook, and of no other as long as that is open. */
  readonly id: number;
  readonly mode: Mode;
  readonly text: string;
}

export interface Notebook {
  readonly title: string;
  readonly cells: readonly Cell[];
}

/** The title of a notebook that has none. */
export const UNTITLED = "Untitled notebook";

/** A place in a cell's text: lines from 1, columns from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Whether two hold the same, whatever their cells' ids. */
export function isSameNotebook(one: Notebook, other: Notebook): boolean {
  const plain = ({title, cells}: Notebook) => JSON.stringify([title, cells.map(({mode, text}) => [mode, text])]);
  return plain(one) === plain(other);
}
