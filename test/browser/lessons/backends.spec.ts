import {expect, test} from "@playwright/test";
import {LessonPage} from "../lesson-page.js";

/**
 * What lessons compute with tensors, by the names of their values, and how far one backend may be from another. ASPP's run, with
 * end points replaced and logits split, stands for all that run the whole network.
 */
const COMPUTED = [
  // WebGPU computes in software here, slowly: the small lessons stand for all.
  {
    path: "/aspp",
    query: {mute: "atrous_1"},
    backends: ["webgl"],
    values: ["Pixels changed", "Sum of contributions", "Class at the point"],
    apart: 0.2
  },
  {
    path: "/residual",
    query: {},
    backends: ["webgl", "webgpu", "cpu"],
    values: ["Norm of the input", "Norm of the output", "Largest change"],
    apart: 0.1
  },
  {
    path: "/separable",
    query: {},
    backends: ["webgl", "webgpu", "cpu"],
    values: ["Rank of one channel's kernel", "Largest output value"],
    apart: 0.01
  }
] as const;

for (const {path, query, backends, values, apart} of COMPUTED) {
  test(`${path} says the same on ${backends.join(", ")} as on WASM`, async ({page}) => {
    const lesson = new LessonPage(page);
    const read = async (backend: string) => {
      await lesson.open(path, {...query, model: "nano", size: "257", backend});
      return Promise.all(values.map((name) => lesson.value(name).innerText()));
    };
    const expected = await read("wasm");
    for (const backend of backends) {
      for (const [index, text] of (await read(backend)).entries()) {
        const [a, b] = [text, expected[index]!].map((value) => Number.parseFloat(value.replace("−", "-").replace("< ", "")));
        if (Number.isNaN(b)) expect(text, backend).toBe(expected[index]);
        else expect(Math.abs(a! - b!), `${values[index]} on ${backend}: ${text} for ${expected[index]}`).toBeLessThanOrEqual(apart);
      }
      await expect(lesson.alert).toBeHidden();
    }
    expect(lesson.problems).toEqual([]);
  });
}
