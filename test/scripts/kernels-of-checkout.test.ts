import {mkdir, mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import path from "node:path";
import {expect, it} from "vitest";
import {kernelsOf} from "../../scripts/kernels/of-checkout.js";

it("another checkout runs on kernels of its own, and one that has none on none", async () => {
  const other = await mkdtemp(path.join(tmpdir(), "checkout-"));
  try {
    expect([...(await kernelsOf(other))]).toEqual([]);
    await mkdir(path.join(other, "scripts/kernels"), {recursive: true});
    const source = 'export const kernelFiles = async () => new Map([["plain.wasm", Uint8Array.of(1)]]);';
    await writeFile(path.join(other, "scripts/kernels/compile.ts"), source);
    expect([...(await kernelsOf(other))]).toEqual([["plain.wasm", Uint8Array.of(1)]]);
  } finally {
    await rm(other, {recursive: true});
  }
  const here = await kernelsOf();
  expect(here.size).toBe(4);
  expect(here.get("plain.wasm")!.length).toBeGreaterThan(1);
});
