import * as tf from "@tensorflow/tfjs-core";
import {activateBackend} from "../../../src/worker/backends.js";
import type {BackendId} from "../../../src/worker/protocol.js";
export async function pool(backend: BackendId, k: number, s: number, n: number, c: number, batch: number): Promise<string> {
  await activateBackend(backend);
  const v = Array.from({length: batch * n * n * c}, (_, i) => Math.sin(i * 1.7) * 2);
  const x = tf.tensor4d(v, [batch, n, n, c]);
  const y = tf.maxPool(x, k, s, "valid");
  const got = [...(await y.data())];
  const [, h, w] = y.shape;
  let worst = 0;
  for (let b = 0; b < batch; b++) for (let i = 0; i < h; i++) for (let j = 0; j < w; j++) for (let d = 0; d < c; d++) {
    let m = -Infinity;
    for (let a = 0; a < k; a++) for (let e = 0; e < k; e++) m = Math.max(m, v[((b * n + i * s + a) * n + j * s + e) * c + d]!);
    worst = Math.max(worst, Math.abs(m - got[((b * h + i) * w + j) * c + d]!));
  }
  return `${backend} k${k} s${s} n${n} c${c} b${batch}: ${worst} ${got.slice(0, 4)}`;
}
