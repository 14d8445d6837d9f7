import {describe, expect, it} from "vitest";
import {plan} from "../../../src/engine/plan.js";
import {receptiveField} from "../../../src/engine/receptive-field.js";
import {stepsBetween} from "../../../src/engine/step-list.js";
import {convolutionOf} from "../../../src/engine/steps/convolution.js";
import {stackFields} from "../../../src/engine/teaching/layer-stack.js";
import {LIKE_BUNDLED} from "../../../src/pages/lessons/bundled-model.js";
import {stateOf} from "./code-in-node.js";

const {readStack, stackParameter, stackProblem, stackText} = await import("../../../src/pages/lessons/atrous/stack-text.js");
const {STACK_ATTEMPTS} = await import("../../../src/pages/lessons/atrous/stack-attempts.js");
const {ATROUS_TABLE, STACKS} = await import("../../../src/pages/lessons/atrous/state.js");

describe("a stack in short", () => {
  it("is read as it is written, with spaces or commas, and written as it is read", () => {
    const layers = [
      {kernel: 3, stride: 2, rate: 1},
      {kernel: 3, stride: 1, rate: 1},
      {kernel: 5, stride: 2, rate: 4}
    ];
    for (const text of ["3s2,3,5s2r4", " 3S2 3s1r1;5s2R4 ", "3s2, 3,, 5s2r4"]) expect(readStack(text)).toEqual(layers);
    expect(stackText(layers)).toBe("3s2,3,5s2r4");
  });

  it.each([
    ["", "A stack has at least one layer. Write its kernel, as 3."],
    ["3,x,3", "“x” is no layer. Write its kernel, then s and its stride, then r and its rate, as in 3s2r4; what is 1 may be left out."],
    ["3r", "“3r” is no layer."],
    ["-3", "“-3” is no layer."],
    ["3,0", "The kernel of layer 2 is a whole number from 1 to 15, not 0."],
    ["3s9", "The stride of layer 1 is a whole number from 1 to 8, not 9."],
    ["3r99999", "The rate of layer 1 is a whole number from 1 to 64, not 99999."],
    [new Array(25).fill("1").join(), "These are 25 layers; up to 24 fit here. Take some away."],
    [
      "3s8,3s8,3s8,3s8,3s8",
      "Such a stack sees 9,363 pixels along a side; up to 2,048 are drawn here. Take a layer, a stride or a rate away."
    ]
  ])("%j is answered with what is wrong and what to write", (text, sentence) => {
    const found = readStack(text);
    expect(typeof found === "string" && found.startsWith(sentence)).toBe(true);
    expect(stackParameter("stack", "3").parse(text)).toBeUndefined();
  });

  it("a number that is left empty, or is no whole one, is asked for", () => {
    expect(stackProblem([{kernel: NaN, stride: 1, rate: 1}])).toBe("The kernel of layer 1 is a whole number from 1 to 15.");
    expect(stackProblem([{kernel: 3, stride: 1.5, rate: 1}])).toBe("The stride of layer 1 is a whole number from 1 to 8, not 1.5.");
  });
});

describe("the stacks that are named", () => {
  const fieldOf = (text: string) => stackFields(ATROUS_TABLE.stack.parse(text)!, "fixed").at(-1)!;

  it("are those of the network that the site has: what sees more than a cell, in its order", () => {
    const {steps, skips, features, branches} = plan(LIKE_BUNDLED.network, {height: 513, width: 513, outputStride: 16});
    const widest = branches.toSorted((a, b) => b.rate - a.rate)[0]!.endPoint;
    const inShort = (endPoint: string) =>
      stackText(
        stepsBetween(steps, endPoint, []).flatMap((step) => {
          const found = convolutionOf(step);
          if (!found || Math.max(...found.kernel) === 1) return [];
          return [{kernel: found.kernel[0], stride: found.stride, rate: found.rate}];
        })
      );
    expect(STACKS.mobileNetStart).toBe(inShort(skips[0]!.from));
    expect(STACKS.wholeWay).toBe(inShort(widest));
    expect(STACKS.wholeWay.endsWith(`,${STACKS.atrousEnd}`)).toBe(true);
    expect(fieldOf(STACKS.wholeWay)).toMatchObject(receptiveField(steps, widest));
    expect(inShort(features).split(",").length + 1).toBe(STACKS.wholeWay.split(",").length);
  });

  it("show what is said of them", () => {
    // Every other cell, from the first on, is read; of the whole way none is left out.
    const {paths, holes} = fieldOf(STACKS.atrousEnd);
    expect(paths.every((count, cell) => cell % 2 === 0 || count === 0)).toBe(true);
    expect(holes).toBeGreaterThanOrEqual((paths.length - 1) / 2);
    expect(fieldOf(STACKS.wholeWay).holes).toBe(0);
    expect(fieldOf(STACKS.vgg)).toMatchObject({extent: 212, jump: 32});
    expect(STACKS.vgg.startsWith(`${STACKS.vggStage},`)).toBe(true);
    // The prose: strides and rates that see as far as each other.
    const [strides, rates] = ["3s2,3s2,3", "3,3r2,3r4"].map(fieldOf);
    expect(strides!.extent).toBe(rates!.extent);
    expect([strides!.jump, rates!.jump]).toEqual([4, 1]);
    expect([fieldOf("3s2,3,3r2").holes, fieldOf("3s2,3r2").holes > 0]).toEqual([0, true]);
  });
});

describe("what is asked of stacks", () => {
  const answer = (index: number, text: string) =>
    STACK_ATTEMPTS[index]!.answer(stateOf(ATROUS_TABLE, {stack: ATROUS_TABLE.stack.parse(text)!}));

  it("strides: answered once layers of stride 2 alone see so far", () => {
    for (const other of ["3s2,3s2,3s2", "3s2,3s2,3s2,3s2,3s2", "5,14,14", new Array(15).fill("3").join()])
      expect(answer(0, other)).toBeNull();
    const found = answer(0, "3s2,3s2,3s2,3s2")!;
    expect(found.right).toBe("4");
    expect(found.text).toMatch(/^1 \+ 2 \+ 4 \+ 8 \+ 16 = 31: .* it takes 15\.$/);
  });

  it("holes: answered once a layer before the end closes them all, with the smallest that does", () => {
    for (const other of [`3,${STACKS.atrousEnd}`, `6s2,${STACKS.atrousEnd}`, `5,${STACKS.atrousEnd}`, `6r2,${STACKS.atrousEnd}`, "6,3r2"])
      expect(answer(1, other)).toBeNull();
    // The rates 2 read 6 cells to either side, every other one; the taps of rate 18 lie 18 apart: 12 − 6.
    for (const text of [`6,${STACKS.atrousEnd}`, `9,${STACKS.atrousEnd}`]) {
      expect(answer(1, text)!.right).toBe("6");
      expect(answer(1, text)!.text).toContain("up to 6 cells");
    }
    for (const {guesses, answer: asked} of STACK_ATTEMPTS) expect([guesses.length, asked(stateOf(ATROUS_TABLE))]).toEqual([3, null]);
  });
});
