/** What the page and the worker that owns the GPU say to each other. Plain data only. */

export const BACKENDS = ["webgpu", "webgl", "wasm", "cpu"] as const;
export type BackendId = (typeof BACKENDS)[number];

/** What one backend is on this machine. */
export interface BackendInfo {
  readonly id: BackendId;
  readonly available: boolean;
  /** What runs it, e.g. "NVIDIA ...", "software (SwiftShader)", "SIMD, 2 threads"; or why it is not available. */
  readonly detail: string;
  /** True where a GPU interface is emulated on the CPU. */
  readonly software: boolean;
}

export interface Photo {
  readonly width: number;
  readonly height: number;
  /** RGBA, 8 bits, not premultiplied, rows from the top. */
  readonly rgba: Uint8ClampedArray;
}

export interface SegmentOptions {
  /** Address of the model's safetensors file. */
  readonly modelUrl: string;
  readonly backend: BackendId;
  readonly outputStride: number;
  /** Long side of the network's input in pixels; null keeps the photo's own. */
  readonly inputSize: number | null;
}

/** How far a long piece of work has come. */
export interface Progress {
  readonly stage: "download" | "backend" | "warm-up" | "run";
  /** Between 0 and 1; null where it cannot be known. */
  readonly fraction: number | null;
  readonly message: string;
}

/** Milliseconds of each stage of a run. */
export interface Timings {
  readonly upload: number;
  readonly network: number;
  readonly upsampling: number;
}

export interface Segmentation {
  readonly width: number;
  readonly height: number;
  /** One class id a pixel of the photo. */
  readonly labels: Uint8Array;
  /** Logits at the network's resolution, height x width x classes. */
  readonly logits: {readonly height: number; readonly width: number; readonly classes: number; readonly values: Float32Array};
  /** Share of the logits' extent (0-1] that the photo covers; the rest is padding. */
  readonly covered: {readonly height: number; readonly width: number};
  readonly classes: readonly string[];
  readonly palette: readonly (readonly [number, number, number])[];
  readonly inputHeight: number;
  readonly inputWidth: number;
  readonly featureHeight: number;
  readonly featureWidth: number;
  readonly outputStride: number;
  readonly multiplyAdds: number;
  readonly backend: BackendId;
  readonly timings: Timings;
  /** `tf.memory()` after the run. */
  readonly memory: {readonly numTensors: number; readonly numBytes: number; readonly numBytesInGPU: number | null};
}

export interface WhereItRuns {
  readonly worker: boolean;
  /** Why not in a worker, where it does not. */
  readonly reason: string | null;
}
