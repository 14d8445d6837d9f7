/** The walk through the whole network leads to end points that it has, and says what they are. */
import {describe, expect, it} from "vitest";
import {modelNamed} from "../../../scripts/evaluate/model.js";
import {BACKGROUND} from "../../../data/labels/index.js";
import {fitInput} from "../../../src/engine/preprocess.js";
import {channelStatistics} from "../../../src/engine/readings/channel-statistics.js";
import {run} from "../../../src/engine/run.js";
import {loadWeights} from "../../../src/engine/weights.js";
import {lineage} from "../../../src/engine/teaching/lineage.js";
import {released} from "../../../src/engine/released.js";
import {plan} from "../../../src/engine/plan.js";
import {walkThrough} from "../../../src/pages/lessons/network/walk.js";
import {LIKE_BUNDLED} from "../../../src/pages/lessons/bundled-model.js";
import {inputFrom} from "../../../src/worker/inputs.js";
import {useBackend} from "../../backend.js";
import {samplePhoto} from "../../worker/notebook/in-node.js";

const {placeIn, scoresOf} = await import("../../../src/pages/lessons/network/opened.js");
const {STRONGEST, networkTable} = await import("../../../src/pages/lessons/network/state.js");
const {stateFromQuery} = await import("../../../src/lab/state.js");

const at = (network: Parameters<typeof plan>[0], outputStride = 16) => plan(network, {height: 513, width: 513, outputStride});
const titles = (...args: Parameters<typeof at>) => walkThrough(at(...args)).map(({title}) => title);

describe("the walk", () => {
  it.each([
    ["a whole v3+", LIKE_BUNDLED.network],
    ["a head of a 1x1 and image pooling", released(1)],
    ["v1's one branch", lineage("v1", LIKE_BUNDLED.network)]
  ])("through %s stops at end points of its plan, from the photo to a score", (_, network) => {
    for (const outputStride of [8, 16, 32]) {
      const made = at(network, outputStride);
      const stops = walkThrough(made);
      for (const {layer} of stops) expect(made.steps.map(({name}) => name)).toContain(layer);
      expect([stops[0]!.layer, stops.at(-1)!.layer]).toEqual(["input", "logits"]);
    }
  });

  it("tells of what the network has, and of nothing else", () => {
    expect(titles(LIKE_BUNDLED.network)).toEqual([
      "The photo",
      "The first layer",
      "One channel",
      "One cell",
      "A unit of the backbone",
      "A stride becomes a rate",
      "What the backbone gives",
      "ASPP",
      "The widest branch",
      "Image pooling",
      "What ASPP gives",
      "The skip",
      "The decoder",
      "The scores",
      "One score"
    ]);
    expect(titles(LIKE_BUNDLED.network, 32)).not.toContain("A stride becomes a rate");
    for (const missing of ["The widest branch", "The skip", "The decoder"]) expect(titles(released(1))).not.toContain(missing);
  });

  it("says the plan's own numbers", () => {
    const words = (title: string, outputStride = 16) =>
      walkThrough(at(LIKE_BUNDLED.network, outputStride)).find((stop) => stop.title === title)!.words;
    // By hand: 3 x 3 x 3 weights; 33 cells for 513 pixels; the skip's 129 for these; 256 + 48 channels.
    expect(words("One cell")).toMatch(/^27 values/);
    expect(words("What the backbone gives")).toMatch(/A step from cell to cell is 16 pixels/);
    expect(words("What the backbone gives", 8)).toMatch(/A step from cell to cell is 8 pixels/);
    expect(words("The widest branch")).toMatch(/^At rate 18 /);
    expect(words("The widest branch", 8)).toMatch(/^At rate 36 /);
    expect(words("The skip")).toMatch(/about 4 times as fine/);
    expect(words("The decoder")).toMatch(/304 channels/);
    expect(words("The scores")).toMatch(/^21 maps/);
    expect(words("A stride becomes a rate")).toMatch(/had stride 2 .* at rate 2\./);
  });
});

describe("the walk's last stop", () => {
  const last = (scores: Parameters<typeof walkThrough>[1]) => walkThrough(at(LIKE_BUNDLED.network), scores).at(-1)!.words;
  const state = stateFromQuery(networkTable(["nano"]), new URLSearchParams());

  it("is a cell of what takes most of the photo besides background, and says so", async () => {
    await useBackend("wasm");
    const [model, photo] = await Promise.all([modelNamed("nano"), samplePhoto("dog")]);
    const {network, card} = model;
    const fit = fitInput(photo.height, photo.width, 257);
    const weights = loadWeights(model);
    const {logits} = run(plan(network, {height: fit.height, width: fit.width}), weights, inputFrom(photo, fit));
    const [, height, width, channels] = logits.shape;
    const values = Float32Array.from(logits.dataSync());
    weights.dispose();
    logits.dispose();

    // Counted here, cell by cell.
    const winners = Array.from({length: height * width}, (_, cell) => {
      const own = [...values.subarray(cell * channels, (cell + 1) * channels)];
      return own.indexOf(Math.max(...own));
    });
    const dog = card.classes.indexOf("dog");
    const cells = [...winners.keys()].filter((cell) => winners[cell] === dog);
    expect(cells.length).toBeGreaterThan(winners.length / 10);
    for (const id of new Set(winners))
      if (id !== dog && id !== 0) expect(winners.filter((winner) => winner === id).length).toBeLessThan(cells.length);
    const best = cells.reduce((a, b) => (values[b * channels + dog]! > values[a * channels + dog]! ? b : a));

    const reading = {height, width, channels, values, statistics: channelStatistics({height, width, channels, values})};
    const scores = scoresOf(reading, card);
    const place = {channel: dog, row: Math.floor(best / width), column: best % width};
    expect(placeIn({reading, scores}, state)).toEqual(place);
    expect(last(scores)).toContain(
      `Besides background, dog takes most of the picture: ${((100 * cells.length) / winners.length).toFixed(1)} % of the cells; this is the cell where its score is largest.`
    );
    // The reader's own class and cell stand as they are; the strongest of a layer without scores is its largest value.
    expect(placeIn({reading, scores}, {...state, channel: 3, row: 2, column: 1})).toEqual({channel: 3, row: 2, column: 1});
    const {channel, row, column} = placeIn({reading, scores: null}, state);
    expect(values[(row * width + column) * channels + channel]).toBe(values.reduce((most, value) => Math.max(most, value)));
    expect(state).toMatchObject({channel: STRONGEST, row: STRONGEST, column: STRONGEST});
  });

  it("says what it can where all is background, where there is none, and before the scores are known", () => {
    const thing = {share: 1, row: 0, column: 0};
    const palette: [number, number, number][] = [];
    expect(last({classes: [BACKGROUND, "cat"], palette, thing: {...thing, id: 0}})).toMatch(
      /^All of the picture is background for this network; /
    );
    expect(last({classes: ["road", "sky"], palette, thing: {...thing, id: 0, share: 0.5}})).toMatch(
      /^Road takes most of the picture: 50\.0 % of the cells; /
    );
    expect(last(null)).toMatch(/^One class's score at one cell\. What each channel adds/);
  });
});
