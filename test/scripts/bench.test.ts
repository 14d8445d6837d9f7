import {describe, expect, it} from "vitest";
import {buildTable} from "../../scripts/bench/builds/report.js";
import {comparisons} from "../../scripts/bench/comparisons.js";
import {liveComparisons} from "../../scripts/bench/live/comparisons.js";
import {liveRows, liveTable, mainThreadLine} from "../../scripts/bench/live/report.js";
import {mainThreadTimes, mostComputed} from "../../scripts/bench/task-times.js";
import {mailbox} from "../../scripts/bench/page/live/mailbox.js";
import {insideLine, insideRow} from "../../scripts/bench/inside/report.js";
import {benchOptions} from "../../scripts/bench/options.js";
import {rowsOf, table} from "../../scripts/bench/report.js";

it("compares two builds as their ratio", () => {
  const row = {
    kind: "build",
    backend: "wasm",
    inputSize: 257,
    outputStride: 16,
    mineMs: 10,
    theirMs: 12,
    ratio: 1.2,
    differing: 0
  } as const;
  const [head, line] = buildTable([row]).trim().split("\n");
  expect(head).toMatch(/backend +input +OS +this ms +that ms +ratio +pixels that differ/);
  expect(line).toMatch(/wasm +257 +16 +10\.0 +12\.0 +1\.20 +0/);
  expect(benchOptions(["--against", "../before"])).toMatchObject({against: "../before"});
});

describe("benchOptions", () => {
  it("times everything, and leaves backends, runs and the GPU to the machine", () => {
    expect(benchOptions([])).toEqual({
      what: "all",
      backends: undefined,
      peers: ["graph-model", "litert"],
      against: undefined,
      runs: undefined,
      gpu: undefined,
      json: false
    });
  });

  it("reads lists", () => {
    expect(
      benchOptions(["--what", "live", "--backends", "wasm, webgl", "--peers", "litert", "--runs", "1", "--gpu", "software", "--json"])
    ).toEqual({
      what: "live",
      backends: ["wasm", "webgl"],
      peers: ["litert"],
      against: undefined,
      runs: 1,
      gpu: "software",
      json: true
    });
  });

  it.each([
    [["--what", "video"], '--what takes photo, live, inside, label, training, load, kernels, profile, all; not "video".'],
    [["--gpu", "emulated"], '--gpu takes software, hardware; not "emulated".'],
    [["--backends", "cuda"], '--backends takes webgpu, webgl, kernels, wasm, cpu; not "cuda".'],
    [["--peers", "wasm"], '--peers takes graph-model, litert; not "wasm".'],
    [["--runs", "0"], '--runs is a whole number from 1 up, not "0".']
  ])("says so on %j", (args, message) => {
    expect(() => benchOptions(args)).toThrow(message);
  });
});

describe("comparisons", () => {
  it("compares LiteRT.js only on backends that it has", () => {
    const found = comparisons(["graph-model", "litert"], ["kernels", "wasm", "webgl"]);
    expect(found.map(({peer, backend, inputSize}) => [peer, backend, inputSize])).toEqual([
      ["graph-model", "wasm", 513],
      ["graph-model", "webgl", 513],
      ["litert", "kernels", 257],
      ["litert", "wasm", 257]
    ]);
  });
});

describe("rowsOf", () => {
  const [comparison] = comparisons(["litert"], ["wasm"]);
  const rows = rowsOf(comparison!, {
    peerMs: [30, 10, 20, 1000],
    ours: [
      {outputStride: 8, ms: [5, 100, 10], agreement: 1},
      {outputStride: 16, ms: [5], agreement: 0.5}
    ]
  });

  it("gives medians and how many times faster ours is", () => {
    expect(rows).toEqual([
      {kind: "photo", peer: "litert", backend: "wasm", inputSize: 257, outputStride: 8, oursMs: 10, peerMs: 25, ratio: 2.5, agreement: 1},
      {kind: "photo", peer: "litert", backend: "wasm", inputSize: 257, outputStride: 16, oursMs: 5, peerMs: 25, ratio: 5, agreement: 0.5}
    ]);
  });

  it("prints a line each under a heading", () => {
    const lines = table(rows).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^litert +wasm +257 +8 +10\.0 +25\.0 +2\.50 +100\.000$/);
  });
});

const STAGES = {stages: [{upload: 1, network: 1, upsampling: 1, drawing: 1}]};

describe("liveComparisons", () => {
  it("compares on WebGL only with the graph, on WebGPU only with LiteRT.js", () => {
    const found = liveComparisons(["graph-model", "litert"], ["webgl", "webgpu"]);
    expect(found.map(({peer, backend, frame}) => [peer, backend, frame.width])).toEqual([
      ["graph-model", "webgl", 640],
      ["graph-model", "webgl", 480],
      ["litert", "webgpu", 640],
      ["litert", "webgpu", 480]
    ]);
  });

  it("has a row in which both sides compute on 257x257 pixels at output stride 8", () => {
    const [, square] = liveComparisons(["litert"], ["wasm"]);
    const rows = liveRows(square!, {
      peerMs: [1],
      ours: square!.variants.map((variant) => ({variant, ms: [1], workerMs: [1], agreement: 1, ...STAGES}))
    });
    expect(rows[0]).toMatchObject({
      input: {width: 257, height: 257},
      peerInput: {width: 257, height: 257},
      outputStride: 8,
      labelling: {smoothing: false, edges: false}
    });
  });
});

describe("liveRows", () => {
  const [camera] = liveComparisons(["litert"], ["wasm"]);
  const [plain, full] = camera!.variants;
  const rows = liveRows(camera!, {
    peerMs: [60, 20, 40],
    ours: [
      {
        variant: plain!,
        ms: [30, 10, 20],
        workerMs: [25, 8, 18],
        stages: [
          {upload: 1, network: 16, upsampling: 2, drawing: 1},
          {upload: 3, network: 12, upsampling: 2, drawing: 3},
          {upload: 2, network: 9, upsampling: 2, drawing: 2}
        ],
        agreement: 0.995
      },
      {variant: full!, ms: [80], workerMs: [70], ...STAGES, agreement: 1}
    ]
  });

  it("gives medians, how many times faster ours is, and the share outside the network frame by frame", () => {
    // Outside the network: 4 of 20, 8 of 20, 6 of 15.
    expect(rows[0]).toMatchObject({
      oursMs: 20,
      peerMs: 40,
      ratio: 2,
      workerMs: 18,
      stages: {upload: 2, network: 12, upsampling: 2, drawing: 2},
      agreement: 0.995
    });
    expect(rows[0]!.outsideNetwork).toBeCloseTo(0.4, 12);
    expect(rows[1]).toMatchObject({oursMs: 80, ratio: 0.5, outsideNetwork: 0.75});
  });

  it("says what the network is given of a camera's frame: its shape kept", () => {
    // 640x480 with the long side at 257 is 257x192.75; sides are brought up to 16k+1.
    expect(rows[0]!.input).toEqual({width: 257, height: 193});
  });

  it("prints a line each under a heading", () => {
    const lines = liveTable(rows).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(
      /^litert +wasm +plain +640x480 +257x193 +257x257 +8 +20\.0 +40\.0 +2\.00 +18\.0 +2\.0 +12\.0 +2\.0 +2\.0 +40\.0 +99\.5$/
    );
    expect(lines[2]).toMatch(/^litert +wasm +smooth, edges +/);
  });
});

describe("mainThreadTimes", () => {
  const named = (pid: number, name: string, tid = 1) => ({name: "thread_name", ph: "M", pid, tid, ts: 0, args: {name}});
  const task = (pid: number, milliseconds: number, tid = 1) => ({name: "RunTask", ph: "X", pid, tid, ts: 0, dur: milliseconds * 1000});

  it("takes the tasks of the busiest renderer's main thread, and no other thread's", () => {
    const events = [
      named(7, "CrRendererMain"),
      named(7, "DedicatedWorker thread", 2),
      named(8, "CrRendererMain"),
      named(9, "CrBrowserMain"),
      // 1, 2, ... 20 milliseconds, the last of them 60 instead.
      ...Array.from({length: 20}, (_, index) => task(7, index === 19 ? 60 : index + 1)),
      task(7, 500, 2),
      task(8, 3),
      task(9, 900)
    ];
    expect(mainThreadTimes(events)).toEqual({tasks: 20, p95Ms: 19, largestMs: 60, over50: 1});
  });

  it("tells what the thread computed itself, apart from what it waited", () => {
    const computed = (tid: number, milliseconds: number) => ({...task(7, 90, tid), tdur: milliseconds * 1000});
    expect(
      mostComputed([
        named(7, "CrRendererMain"),
        named(7, "DedicatedWorker thread", 2),
        computed(1, 4),
        computed(1, 7),
        computed(2, 60),
        task(7, 3)
      ])
    ).toBe(7);
  });

  it("says so when a trace holds none", () => {
    expect(() => mainThreadTimes([task(7, 1)])).toThrow("The trace shows no task of a page's main thread.");
  });
});

describe("mainThreadLine", () => {
  it("is one sentence", () => {
    expect(
      mainThreadLine({
        kind: "main-thread",
        page: "/webcam",
        seconds: 10,
        pictures: 99,
        tasks: 1569,
        p95Ms: 1.975,
        largestMs: 81.24,
        over50: 2
      })
    ).toBe(
      "Main thread while /webcam streamed for 10 s (99 pictures): 95 % of 1569 tasks within 2.0 ms, the longest 81.2 ms, 2 over 50 ms"
    );
  });
});

describe("insideRow", () => {
  const row = insideRow(
    {model: "m", backend: "wasm", layer: "a/b", shape: "33 × 33 × 960"},
    {
      networkMs: [90, 110, 100],
      openMs: [150, 120, 500],
      scrolls: [
        {gaps: [16, 20, 17], longTasks: []},
        {gaps: [16, 60, 51], longTasks: [55]},
        {gaps: [30, 16, 16], longTasks: []}
      ],
      computedMs: 7.04
    }
  );

  it("gives medians, and of the frames the longest", () => {
    expect(row).toMatchObject({
      runs: 3,
      networkMs: 100,
      openMs: 150,
      ratio: 1.5,
      longestFrameMs: 30,
      worstFrameMs: 60,
      frames: 9,
      framesOver50: 2,
      longestTaskMs: 55
    });
  });

  it("says what was measured", () => {
    expect(insideLine(row)).toContain("from the click to the frame with the layer's grid 150 ms, 1.50 network times");
    expect(insideLine(row)).toContain(
      "longest frame 30.0 ms (median of the scrolls), 60.0 ms (worst); 2 of 9 frames over 50 ms; longest task 55 ms"
    );
    expect(insideLine({...row, longestTaskMs: null})).toContain("no task of 50 ms or more");
  });
});

describe("mailbox", () => {
  it("hands values over in their order, whoever comes first", async () => {
    const box = mailbox<number>();
    const early = box.take();
    box.put(1);
    box.put(2);
    expect([await early, await box.take()]).toEqual([1, 2]);
  });

  it("gives what is left before it tells those who wait why nothing comes", async () => {
    const box = mailbox<number>();
    box.put(1);
    const [first, second] = [box.take(), box.take()];
    box.fail(new Error("The live session has ended."));
    expect(await first).toBe(1);
    await expect(second).rejects.toThrow("The live session has ended.");
    await expect(box.take()).rejects.toThrow("The live session has ended.");
  });
});
