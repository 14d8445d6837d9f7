import {expect, test} from "@playwright/test";
import {LessonPage} from "../lesson-page.js";

/** What each lesson computes with tensors, by the names of its values, and how far one backend may be from another. */
const COMPUTED = [
  {path: "/aspp", query: {mute: "atrous_1"}, values: ["Pixels changed", "Sum of contributions", "Class at the point"], apart: 0.2},
  {path: "/decoder", query: {skip: "zeroed"}, values: ["Pixels changed by the skip", "Pixels changed by enlarging at once"], apart: 0.2},
  {path: "/output-stride", query: {}, values: ["Pixels that differ between output stride 8 and 32", "Feature size at output stride 8"], apart: 0.2},
  {path: "/residual", query: {}, values: ["Norm of the input", "Norm of the output", "Largest change"], apart: 0.1},
  {path: "/separable", query: {}, values: ["Rank of one channel's kernel", "Largest output value"], apart: 0.01}
] as const;

for (const {path, query, values, apart} of COMPUTED) {
  // WebGPU computes in software here, slowly: the small lessons stand for all.
  for (const backend of path === "/residual" || path === "/separable" ? ["webgl", "webgpu", "cpu"] : ["webgl"]) {
    test(`${path} says the same on ${backend} as on WASM`, async ({page}) => {
      const lesson = new LessonPage(page);
      const read = async (on: string) => {
        await lesson.open(path, {...query, model: "nano", size: "257", backend: on});
        return Promise.all(values.map((name) => lesson.value(name).innerText()));
      };
      const expected = await read("wasm");
      const found = await read(backend);
      for (const [index, text] of found.entries()) {
        const [a, b] = [text, expected[index]!].map((value) => Number.parseFloat(value.replace("−", "-").replace("< ", "")));
        if (Number.isNaN(b)) expect(text).toBe(expected[index]);
        else expect(Math.abs(a! - b!), `${values[index]}: ${text} for ${expected[index]}`).toBeLessThanOrEqual(apart);
      }
      await expect(lesson.alert).toBeHidden();
      expect(lesson.problems).toEqual([]);
    });
  }
}
