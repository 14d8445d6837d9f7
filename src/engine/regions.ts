/**
 * How many separate patches a class has in a label map, 4-connected. Two objects that touch are one patch: a label map says what, not
 * how many.
 *
 * @param labels height x width class ids, row by row
 * @param smallest patches of fewer pixels are not counted
 */
export function patchesOf(labels: Uint8Array, {height, width}: {height: number; width: number}, id: number, smallest = 1): number {
  const seen = new Uint8Array(labels.length);
  const stack: number[] = [];
  let patches = 0;
  for (let start = 0; start < labels.length; start++) {
    if (seen[start] || labels[start] !== id) continue;
    let size = 0;
    const visit = (index: number) => {
      if (seen[index] || labels[index] !== id) return;
      seen[index] = 1;
      stack.push(index);
    };
    visit(start);
    while (stack.length > 0) {
      const index = stack.pop()!;
      const column = index % width;
      size++;
      if (column > 0) visit(index - 1);
      if (column < width - 1) visit(index + 1);
      if (index >= width) visit(index - width);
      if (index < (height - 1) * width) visit(index + width);
    }
    if (size >= smallest) patches++;
  }
  return patches;
}
