/**
 * The patches of a label map that are connected by sides, not by corners, in the order of their first cells.
 *
 * @param map height x width class ids, rows from the top
 * @param isWanted which ids' patches are wanted
 * @param smallest patches of fewer cells are left out
 * @returns the cells of each patch, as indices into `ids`
 */
export function connectedPatches(
  {width, ids}: {readonly width: number; readonly ids: Uint8Array},
  isWanted: (id: number) => boolean,
  smallest = 1
): Int32Array[] {
  const seen = new Uint8Array(ids.length);
  // Every cell is in one patch at most: all patches lie one after the other in one array, which is also the queue.
  const cells = new Int32Array(ids.length);
  const patches: Int32Array[] = [];
  let end = 0;
  for (let start = 0; start < ids.length; start++) {
    const id = ids[start]!;
    if (seen[start] || !isWanted(id)) continue;
    const first = end;
    visit(start, id);
    for (let next = first; next < end; next++) {
      const cell = cells[next]!;
      const column = cell % width;
      if (column > 0) visit(cell - 1, id);
      if (column < width - 1) visit(cell + 1, id);
      if (cell >= width) visit(cell - width, id);
      if (cell + width < ids.length) visit(cell + width, id);
    }
    // On noise there are thousands of small ones, and a view of each takes its time.
    if (end - first >= smallest) patches.push(cells.subarray(first, end));
  }
  return patches;

  function visit(cell: number, id: number): void {
    if (seen[cell] || ids[cell] !== id) return;
    seen[cell] = 1;
    cells[end++] = cell;
  }
}
