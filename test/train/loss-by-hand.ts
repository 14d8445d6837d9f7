import type {CrossEntropyOptions} from "../../src/train/cross-entropy.js";

interface Logits {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * The loss by its definition, in plain loops and double precision, for a batch of photos.
 *
 * @param logits enlarged with corners aligned
 * @param ids class ids of pixels; those above the classes do not count
 */
export function lossByHand(
  logits: Float64Array,
  of: Logits,
  ids: readonly number[],
  size: readonly [height: number, width: number],
  {classWeights, hardest}: CrossEntropyOptions = {}
): number {
  const [height, width] = size;
  const losses = ids.map((id, pixel) => {
    if (id >= of.channels) return 0;
    const photo = Math.floor(pixel / (height * width)) * of.height * of.width;
    const y = ((Math.floor(pixel / width) % height) * (of.height - 1)) / (height - 1);
    const x = ((pixel % width) * (of.width - 1)) / (width - 1);
    const [top, left] = [Math.min(Math.floor(y), of.height - 2), Math.min(Math.floor(x), of.width - 2)];
    const scores = Array.from({length: of.channels}, (_, c) => {
      const at = (row: number, column: number) => logits[(photo + (top + row) * of.width + left + column) * of.channels + c]!;
      const along = (row: number) => at(row, 0) * (1 - x + left) + at(row, 1) * (x - left);
      return along(0) * (1 - y + top) + along(1) * (y - top);
    });
    const largest = Math.max(...scores);
    const sum = scores.reduce((total, score) => total + Math.exp(score - largest), 0);
    return (classWeights?.[id] ?? 1) * (largest + Math.log(sum) - scores[id]!);
  });
  const added = (values: readonly number[]) => values.reduce((a, b) => a + b);
  if (hardest === undefined) return added(losses) / ids.filter((id) => id < of.channels).length;
  const kept = losses.sort((a, b) => b - a).slice(0, Math.floor(hardest * losses.length));
  return added(kept) / kept.filter((loss) => loss > 0).length;
}
