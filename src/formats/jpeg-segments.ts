/**
 * The segments of a JPEG file, a mark and a length each, that begin within these bytes; of what is no JPEG none.
 *
 * @param head the beginning of the file
 */
export function* jpegSegments(head: Uint8Array): Generator<{readonly mark: number; readonly at: number}> {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < 4 || view.getUint16(0) !== 0xffd8) return;
  for (let at = 2; at + 4 <= head.length && head[at] === 0xff; at += 2 + view.getUint16(at + 2)) yield {mark: head[at + 1]!, at};
}
