import {expect, test} from "@playwright/test";
import sharp from "sharp";
import {LessonPage} from "../lesson-page.js";
import {PHOTO} from "../workbench-page.js";

/**
 * What lessons compute with tensors, by the names of their values, and how far one backend may be from another. ASPP's run, with
 * end points replaced and logits split, stands for all that run the whole network; emulated WebGL compiles it slowly, so that it waits for
 * `LONG=1`, and so do the residual units on it.
 */
const COMPUTED = [
  // WebGPU computes in software here, slowly: the small lessons stand for all.
  {
    path: "/aspp",
    query: {mute: "atrous_1", size: "257"},
    backends: ["kernels", "webgl"],
    values: ["Pixels changed", "Sum of contributions", "Class at the point"],
    apart: 0.2
  },
  {
    path: "/residual",
    query: {size: "17", channels: "16"},
    backends: process.env["LONG"] ? ["webgl", "webgpu", "cpu"] : ["webgpu", "cpu"],
    values: ["Norm of the input", "Norm of the output", "Largest change"],
    apart: 0.1
  },
  {
    path: "/separable",
    query: {outputs: "16"},
    backends: ["webgl", "webgpu", "cpu"],
    values: ["Rank of one channel's kernel", "Largest output value"],
    apart: 0.01
  }
] as const;

for (const {path, query, backends, values, apart} of COMPUTED.slice(process.env["LONG"] ? 0 : 1)) {
  test(`${path} says the same on ${backends.join(", ")} as on WASM`, async ({page}) => {
    const lesson = await new LessonPage(page).open(path, {...query, backend: "wasm"});
    // As few pixels as the network's input may have: GPUs are computed in software here.
    const strip = await sharp(PHOTO).extract({left: 0, top: 96, width: 257, height: 65}).png().toBuffer();
    await lesson.choose({name: "strip.png", mimeType: "image/png", buffer: strip});
    const read = () => Promise.all(values.map((name) => lesson.value(name).innerText()));
    const expected = await read();
    for (const backend of backends) {
      await lesson.changes(() => page.getByLabel("Backend").selectOption(backend));
      for (const [index, text] of (await read()).entries()) {
        const [a, b] = [text, expected[index]!].map((value) => Number.parseFloat(value.replace("−", "-").replace("< ", "")));
        if (Number.isNaN(b)) expect(text, backend).toBe(expected[index]);
        else expect(Math.abs(a! - b!), `${values[index]} on ${backend}: ${text} for ${expected[index]}`).toBeLessThanOrEqual(apart);
      }
      await expect(lesson.alert).toBeHidden();
    }
    expect(lesson.problems).toEqual([]);
  });
}
