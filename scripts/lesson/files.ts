/** The files that a lesson begins with, by their paths in the project: small, and each does what its final one will. */
export function lessonFiles(name: string, title: string): ReadonlyMap<string, string> {
  const folder = `src/pages/lessons/${name}`;
  return new Map([
    [`src/${name}.md`, pageOf(name, title)],
    [`${folder}/${name}.ts`, lessonOf(name)],
    [`${folder}/state.ts`, stateOf(name)],
    [`test/pages/lessons/${name}.test.ts`, testOf(name)]
  ]);
}

/** `borderEffects` of `border-effects`. */
function camel(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** `BORDER_EFFECTS_TABLE`. */
function tableOf(name: string): string {
  return `${name.replaceAll("-", "_").toUpperCase()}_TABLE`;
}

function pageOf(name: string, title: string): string {
  return `---
title: ${title}
---

# ${title}

\`\`\`js
import {sourceList} from "./components/page/sources.js";
import {SAMPLES} from "./data/samples/samples.js";
import {SOURCES} from "./data/sources.js";
import {${camel(name)}Lesson} from "./pages/lessons/${name}/${name}.js";

const page = ${camel(name)}Lesson({main: document.querySelector("main"), samples: SAMPLES});
invalidation.then(() => page.dispose());
\`\`\`

One kernel slides over the photo and takes the mean of nine cells. Say here, in two sentences, what the reader will see.

\${page.bar}

## The mean of nine cells

\${page.mean}

At \${page.show("rate 1", {rate: 1})} the nine cells are neighbours. \${page.show("At rate 8", {rate: 8})} the same nine weights reach over 17 × 17 cells.

\${page.attempts}

## What you now know

- The mean of nine cells takes fine detail out of a photo.
- At a higher rate the same nine weights reach over more cells.
- Beyond the edge a kernel reads zeros, so that the border becomes dark.

\${sourceList([SOURCES.v3plus])}
`;
}

function stateOf(name: string): string {
  return `import {range} from "../../../lab/state.js";

/** Cells on a side of the piece of the photo that the lesson works on. */
export const PATCH = 65;
/** Taps on a side of its kernel. */
export const TAPS = 3;
/** The kernel: nine equal weights, which make a mean. */
export const KERNEL = {height: TAPS, width: TAPS, values: new Float32Array(TAPS ** 2).fill(1 / TAPS ** 2)};

/** What the reader can set; address, controls and reset follow from it. */
export const ${tableOf(name)} = {rate: range("rate", 1, 16, 2)};
`;
}

function lessonOf(name: string): string {
  return `import {html} from "htl";
import {cellMap} from "../../../components/maps/cell-map.js";
import {grey} from "../../../components/maps/colour-maps.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {Sample} from "../../../data/samples/samples.js";
import {effectiveExtent} from "../../../engine/padding.js";
import {lesson} from "../../../lab/lesson.js";
import {brightness} from "../../../media/patch.js";
import {KERNEL, PATCH, ${tableOf(name)}, TAPS} from "./state.js";

/** The elements that the page ${name} places among its words. */
export function ${camel(name)}Lesson({main, samples}: {readonly main: HTMLElement; readonly samples: readonly Sample[]}) {
  const page = lesson({main, table: ${tableOf(name)}, samples});

  const input = cellMap({label: "The photo's brightness"});
  const output = cellMap({label: "The mean of nine cells, at each place"});
  const facts = readouts(["Cells across the kernel"]);
  page.follow(["rate"], ({rate}) => facts.update({"Cells across the kernel": String(effectiveExtent(TAPS, rate))}));

  page.compute({
    on: ["rate"],
    photo: true,
    async work({state, backend, engine, photo}) {
      const patch = {height: PATCH, width: PATCH, values: brightness(photo, PATCH)};
      const made = await engine.demonstrate(backend, "atrous", {
        input: patch,
        kernel: KERNEL,
        rate: state.rate,
        stride: 1,
        padding: "same"
      });
      return {patch, mean: made.output};
    },
    show({patch, mean}) {
      input.draw({...patch, colour: grey});
      output.draw({...mean, colour: grey});
    }
  });

  return {
    bar: page.bar,
    show: page.show,
    mean: figureBlock({
      title: "Nine cells, one mean",
      controls: [page.slider("rate", "Rate")],
      body: html\`<div class="figure-columns" style="--column:9.5rem"><div><h4>Input</h4>\${input}</div><div><h4>Output</h4>\${output}</div></div>\`,
      more: facts,
      caption: "Move the rate. The output is the mean of nine cells of the input, so many cells apart; beyond the edge the kernel reads zeros."
    }),
    attempts: page.tryThis([
      {
        ask: "Let the kernel reach over 21 cells. Which rate does it take?",
        guesses: ["7", "10", "16"],
        answer: ({rate}) =>
          effectiveExtent(TAPS, rate) === 21 ? {right: String(rate), text: \`It has \${TAPS ** 2} weights all the same.\`} : null
      }
    ]),
    dispose: page.dispose
  };
}
`;
}

function testOf(name: string): string {
  return `import {expect, it} from "vitest";
import {stateFromQuery} from "../../../src/lab/state.js";
import {KERNEL, ${tableOf(name)}, TAPS} from "../../../src/pages/lessons/${name}/state.js";
import {atrous} from "../../../src/worker/demonstrations/atrous.js";
import {useBackend} from "../../backend.js";

it("an address sets the rate, and one that there is not is the usual one", () => {
  const rateOf = (query: string) => stateFromQuery(${tableOf(name)}, new URLSearchParams(query)).rate;
  expect(["rate=5", "rate=0", ""].map(rateOf)).toEqual([5, ${tableOf(name)}.rate.initial, ${tableOf(name)}.rate.initial]);
});

it("one output is the mean of nine cells that are rate cells apart", async () => {
  await useBackend("cpu");
  const side = 9;
  const values = Float32Array.from({length: side ** 2}, (_, i) => Math.sin(i));
  for (const rate of [1, 3]) {
    const {output} = await atrous({input: {height: side, width: side, values}, kernel: KERNEL, rate, stride: 1, padding: "same"});
    const middle = (side - 1) / 2;
    const taps = [-rate, 0, rate].flatMap((down) => [-rate, 0, rate].map((right) => values[(middle + down) * side + middle + right]!));
    const mean = taps.reduce((sum, value) => sum + value, 0) / TAPS ** 2;
    expect(output.values[middle * side + middle]).toBeCloseTo(mean, 6);
  }
});
`;
}
