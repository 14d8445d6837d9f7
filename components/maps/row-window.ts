/** The rows of a long list that are in the document. */
export interface RowWindow<Row> {
  /**
   * Puts these rows, by their index, into the box, and takes out the others, which are used again.
   *
   * @param draw called for what was not there, and with `again` for all
   */
  show(wanted: ReadonlySet<number>, draw: (row: Row, index: number) => void, again: boolean): void;
  get(index: number): Row | undefined;
  each(visit: (row: Row) => void): void;
  /** Takes all rows out and lets them go. */
  clear(): void;
}

/** @param make makes a row that shows nothing yet */
export function rowWindow<Row extends {readonly element: HTMLElement}>(box: HTMLElement, make: () => Row): RowWindow<Row> {
  const rows = new Map<number, Row>();
  let spare: Row[] = [];
  return {
    show(wanted, draw, again) {
      for (const [index, row] of rows) {
        if (wanted.has(index)) continue;
        rows.delete(index);
        spare.push(row);
      }
      // From the last: in the document they stand in their order, for those who read that and not the screen.
      let after: HTMLElement | null = null;
      for (const index of [...wanted].sort((a, b) => b - a)) {
        const kept = rows.get(index);
        const row: Row = kept ?? spare.pop() ?? make();
        if (!kept || again) draw(row, index);
        if (!kept) box.insertBefore(row.element, after);
        rows.set(index, row);
        after = row.element;
      }
      for (const {element} of spare) element.remove();
    },
    get: (index) => rows.get(index),
    each: (visit) => rows.forEach((row) => visit(row)),
    clear() {
      for (const {element} of rows.values()) element.remove();
      rows.clear();
      spare = [];
    }
  };
}
