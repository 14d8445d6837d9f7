/** What a page and a live session say to each other over their own port. */
import type {FrameReader} from "../../media/frames.js";
import type {Labelling, Look} from "../../media/live/look.js";
import type {Survey} from "../../media/live/renderer.js";
import type {BackendId, Memory} from "../protocol.js";

/** What may change while frames come. */
export interface LiveRun {
  readonly outputStride: number;
  /** Long side of the network's input in pixels. */
  readonly inputSize: number;
}

export interface LiveOptions extends LiveRun {
  readonly modelUrl: string;
  readonly backend: BackendId;
  readonly look: Look;
  readonly labelling: Labelling;
}

/** Page to session. */
export type ToSession =
  | {readonly kind: "frame"; readonly frame: ImageBitmap | VideoFrame; /** Milliseconds since the epoch. */ readonly capturedAt: number}
  | {readonly kind: "run"; readonly run: LiveRun}
  | {readonly kind: "look"; readonly look: Look; readonly labelling: Labelling}
  | {readonly kind: "backdrop"; readonly picture: ImageBitmap}
  | {readonly kind: "stop"};

/** Milliseconds of the stages of one frame, each waited for. */
export interface StageTimes {
  readonly upload: number;
  readonly network: number;
  readonly upsampling: number;
  readonly drawing: number;
}

/** A frame that was segmented, and what it took. */
export interface FrameFacts {
  readonly capturedAt: number;
  /** Milliseconds from the start of its upload until its picture was done. */
  readonly elapsed: number;
  /** Only now and then on a GPU, where waiting for each stage costs time of its own. */
  readonly stages: StageTimes | null;
  readonly run: LiveRun;
  readonly memory: Memory;
  /** Bytes of textures that drawing keeps. */
  readonly drawingBytes: number;
}

/** Session to page. */
export type FromSession =
  /** Frames may come; what draws them, in words. */
  | {
      readonly kind: "started";
      readonly classes: readonly string[];
      readonly palette: readonly (readonly [number, number, number])[];
      readonly drawnBy: string;
      /** Who reads the frames. */ readonly reader: FrameReader;
    }
  /** The newest frame, please. */
  | {readonly kind: "wanted"}
  /** A picture to show; without facts it is a frame shown before, drawn anew. */
  | {readonly kind: "picture"; readonly picture: ImageBitmap; readonly facts: FrameFacts | null}
  | {readonly kind: "survey"; readonly survey: Survey};
