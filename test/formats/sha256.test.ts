import {createHash} from "node:crypto";
import {expect, it, vi} from "vitest";
import {sha256} from "../../src/formats/sha256.js";

const wanted = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const some = Uint8Array.from({length: 1000}, (_, i) => (i * 7919) >> 3);

it("is that of Node for every length around a block's, with the browser's own and without", async () => {
  for (const subtle of [globalThis.crypto.subtle, undefined]) {
    vi.stubGlobal("crypto", {subtle});
    for (const length of [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 999]) {
      // A view that does not begin where its buffer does.
      const bytes = some.subarray(1, 1 + length);
      expect(await sha256(bytes), `${length} bytes`).toBe(wanted(bytes));
    }
  }
});
