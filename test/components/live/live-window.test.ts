import {describe, expect, it} from "vitest";
import {liveWindow} from "../../../components/live/live-window.js";
import type {LiveSample} from "../../../components/live/live-window.js";

const stages = (network: number) => ({upload: 1, network, upsampling: 2, drawing: 3});

function windowOf(samples: readonly (Partial<LiveSample> & {at: number})[]) {
  const view = liveWindow(10_000);
  for (const sample of samples) view.add({latency: 80, elapsed: 50, stages: null, dropped: 0, tensors: 100, bytes: 1e6, ...sample});
  return view;
}
/** One sample each so many milliseconds, from the first time to the second. */
const every = (gap: number, from: number, to: number, values: Partial<LiveSample> = {}) =>
  Array.from({length: Math.floor((to - from) / gap) + 1}, (_, index) => ({at: from + index * gap, ...values}));

describe("frames a second", () => {
  it("are the gaps between frames over the time that they took, not only whole frames", () => {
    expect(windowOf(every(80, 0, 4000)).facts(4000).shown).toBeCloseTo(12.5, 10);
    // Between 1.4 s and 2.8 s, at any moment.
    expect(windowOf(every(1400, 0, 2800)).facts(3500).shown).toBeCloseTo(1 / 1.4, 10);
  });
  it("are unknown of one frame, and known of two", () => {
    expect(windowOf([{at: 0}]).facts(100).shown).toBeNull();
    expect(windowOf([{at: 0}, {at: 50}]).facts(100).shown).toBeCloseTo(20, 10);
  });
  it("follow the machine within a second", () => {
    expect(windowOf([...every(50, 0, 3000), ...every(200, 3200, 5000)]).facts(5000).shown).toBeCloseTo(5, 10);
  });
  it("go to zero when nothing has come for a second, and not before", () => {
    const view = windowOf(every(100, 0, 2000));
    expect(view.facts(2999).shown).toBeGreaterThan(0);
    expect(view.facts(3000)).toMatchObject({shown: 0, dropped: 0});
  });
  it("are zero before the first", () => {
    expect(windowOf([]).facts(500)).toEqual({shown: 0, dropped: 0, latency: null, timed: null, tensors: null, bytes: null});
  });
});

describe("dropped frames a second", () => {
  it("are those between the frames of the rate", () => {
    // 30 frames a second of a video, every third is shown.
    const view = windowOf(every(100, 0, 3000, {dropped: 2}));
    expect(view.facts(3000).dropped).toBeCloseTo(20, 10);
    expect(view.facts(3000).shown! + view.facts(3000).dropped!).toBeCloseTo(30, 10);
  });
  it("leave out those before the first frame", () => {
    expect(
      windowOf([
        {at: 0, dropped: 150},
        {at: 500, dropped: 1}
      ]).facts(600).dropped
    ).toBeCloseTo(2, 10);
  });
});

describe("latency", () => {
  it("is the median and the largest of the window", () => {
    const view = windowOf([
      {at: 0, latency: 900},
      {at: 11_000, latency: 70},
      {at: 12_000, latency: 300},
      {at: 13_000, latency: 90}
    ]);
    expect(view.facts(13_000).latency).toEqual({median: 90, largest: 300});
    // The line comes in from the sample before the window.
    expect(view.latencies(13_000)).toEqual([
      {at: 0, values: [900]},
      {at: 11_000, values: [70]},
      {at: 12_000, values: [300]},
      {at: 13_000, values: [90]}
    ]);
  });
  it("is unknown when the window is empty", () => {
    expect(windowOf([{at: 0}]).facts(10_000).latency).toBeNull();
  });
});

describe("the stages", () => {
  it("are those that were timed, and now the last of them", () => {
    const view = windowOf([{at: 1000, stages: stages(40)}, {at: 1100}, {at: 1200, stages: stages(44)}, {at: 1300}]);
    // Means of the frames that were timed, whose rest belongs to no stage.
    expect(view.facts(1400).timed).toEqual({...stages(42), elapsed: 50, other: 2});
    expect(view.stages(1400)).toEqual([
      {at: 1000, values: [1, 40, 2, 3]},
      {at: 1200, values: [1, 44, 2, 3]}
    ]);
  });
  it("hold from before the window, even when their sample is let go", () => {
    const view = windowOf([{at: 0, stages: stages(40)}, ...every(500, 500, 40_000)]);
    expect(view.facts(40_000).timed).toMatchObject(stages(40));
    expect(view.stages(40_000)).toEqual([{at: 30_000, values: [1, 40, 2, 3]}]);
  });
  it("are none where none was timed", () => {
    expect(windowOf(every(100, 0, 500)).stages(500)).toEqual([]);
  });
});

describe("the rates over time", () => {
  it("are taken at the same moments while they scroll by", () => {
    const view = windowOf(every(100, 0, 5000));
    const [now, later] = [view.rates(4600).shown, view.rates(4700).shown];
    expect(now.slice(0, -1)).toEqual(later.slice(0, -1));
    expect(now.at(-1)!.at).toBe(4600);
  });
  it("begin with the first frame, or at the edge of the window", () => {
    const view = windowOf(every(100, 900, 15_000));
    expect(view.rates(3000).shown[0]!.at).toBe(1000);
    expect(view.rates(15_000).shown[0]!.at).toBe(5000);
    expect(view.rates(14_900).shown[0]!.at).toBe(4750);
  });
  it("go back as far as the window, and the rate at its start counts frames from before it", () => {
    const {shown} = windowOf(every(100, 0, 15_000)).rates(15_000);
    expect(shown[0]).toEqual({at: 5000, values: [10]});
    expect(shown.every(({values}) => Math.abs(values[0]! - 10) < 1e-9)).toBe(true);
  });
});

it("lets samples go that no rate needs any more", () => {
  const view = windowOf([{at: 0}, {at: 30_000}]);
  expect(view.facts(500).shown).toBe(0);
  expect(view.newest).toBe(30_000);
});

it("knows nothing after it was cleared", () => {
  const view = windowOf(every(100, 0, 1000, {stages: stages(4)}));
  view.clear();
  expect(view.newest).toBeNull();
  expect(view.facts(1000).timed).toBeNull();
  expect(view.rates(1000).shown.map(({values}) => values)).toEqual([[0]]);
});
