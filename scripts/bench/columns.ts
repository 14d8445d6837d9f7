/** Cells as text in columns: of the first `names` to the left, of the others, numbers, to the right. */
export function columns(cells: readonly (readonly string[])[], names: number): string {
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) => row.map((cell, column) => (column < names ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join("  "))
    .join("\n");
}
