import type {StageTimes} from "../../../src/worker/live/messages.js";
import {median} from "d3-array";
import {columns} from "../columns.js";
import type {TimedLive} from "../page/live.js";
import {ourInput} from "./comparisons.js";
import type {LiveComparison, LiveVariant} from "./comparisons.js";
import type {TaskTimes} from "../task-times.js";

/** One row of the result; times are medians of milliseconds. */
export interface LiveRow
  extends Pick<LiveComparison, "peer" | "backend" | "frame" | "peerInput">, Pick<LiveVariant, "outputStride" | "labelling"> {
  readonly kind: "live";
  /** Size of our network's input. */
  readonly input: LiveComparison["peerInput"];
  /** From the frame in the page's hand to the picture in the page's hand. */
  readonly oursMs: number;
  readonly peerMs: number;
  /** peerMs / oursMs: how many times faster ours is. */
  readonly ratio: number;
  /** What of it the worker measured: from the start of the upload to the picture done. */
  readonly workerMs: number;
  /** Each stage waited for. */
  readonly stages: StageTimes;
  /** Share of the stages' time that is not the network's, 0-1. */
  readonly outsideNetwork: number;
  /** Share of the pixels whose colours agree in the two pictures of one frame, 0-1. */
  readonly agreement: number;
}

/** What the main thread did while the page streamed. */
export interface MainThreadRow extends TaskTimes {
  readonly kind: "main-thread";
  readonly page: string;
  readonly seconds: number;
  /** Segmented frames that the page was given meanwhile. */
  readonly pictures: number;
}

/** One row for each variant of a comparison. */
export function liveRows({peer, backend, frame, peerInput}: LiveComparison, {peerMs, ours}: TimedLive): LiveRow[] {
  const peerMedian = median(peerMs)!;
  return ours.map(({variant, ms, workerMs, stages, agreement}) => {
    const oursMs = median(ms)!;
    const middle = (stage: keyof StageTimes) => median(stages.map((times) => times[stage]))!;
    return {
      kind: "live",
      peer,
      backend,
      frame,
      input: ourInput(frame, variant),
      peerInput,
      outputStride: variant.outputStride,
      labelling: variant.labelling,
      oursMs,
      peerMs: peerMedian,
      ratio: peerMedian / oursMs,
      workerMs: median(workerMs)!,
      stages: {upload: middle("upload"), network: middle("network"), upsampling: middle("upsampling"), drawing: middle("drawing")},
      outsideNetwork: median(
        stages.map(({upload, network, upsampling, drawing}) => 1 - network / (upload + network + upsampling + drawing))
      )!,
      agreement
    };
  });
}

/** Rows as a table for people. */
export function liveTable(rows: readonly LiveRow[]): string {
  return columns(
    [
      [
        "peer",
        "backend",
        "labels",
        "frame",
        "our input",
        "peer's",
        "our OS",
        "ours ms",
        "peer ms",
        "ratio",
        "in worker",
        "upload",
        "network",
        "upsample",
        "draw",
        "outside %",
        "agree %"
      ],
      ...rows.map(
        ({
          peer,
          backend,
          labelling,
          frame,
          input,
          peerInput,
          outputStride,
          oursMs,
          peerMs,
          ratio,
          workerMs,
          stages,
          outsideNetwork,
          agreement
        }) => [
          peer,
          backend,
          labellingName(labelling),
          sides(frame),
          sides(input),
          sides(peerInput),
          String(outputStride),
          oursMs.toFixed(1),
          peerMs.toFixed(1),
          ratio.toFixed(2),
          workerMs.toFixed(1),
          ...[stages.upload, stages.network, stages.upsampling, stages.drawing].map((time) => time.toFixed(1)),
          (100 * outsideNetwork).toFixed(1),
          (100 * agreement).toFixed(1)
        ]
      )
    ],
    3
  );
}

/** What the main thread did, as a sentence. */
export function mainThreadLine({page, seconds, pictures, tasks, p95Ms, largestMs, over50}: MainThreadRow): string {
  return `Main thread while ${page} streamed for ${seconds} s (${pictures} pictures): 95 % of ${tasks} tasks within ${p95Ms.toFixed(1)} ms, the longest ${largestMs.toFixed(1)} ms, ${over50} over 50 ms`;
}

function labellingName({smoothing, edges}: LiveVariant["labelling"]): string {
  return [smoothing && "smooth", edges && "edges"].filter(Boolean).join(", ") || "plain";
}

function sides({width, height}: LiveComparison["frame"]): string {
  return `${width}x${height}`;
}
