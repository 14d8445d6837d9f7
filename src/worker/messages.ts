import type {BackendId, BackendInfo, Photo, Progress, SegmentOptions, Segmentation} from "./protocol.js";

/** Page to worker. */
export type Request =
  | {readonly id: number; readonly call: "capabilities"}
  | {readonly id: number; readonly call: "segment"; readonly photo: Photo; readonly options: SegmentOptions};

/** Worker to page. */
export type Reply =
  | {readonly kind: "progress"; readonly progress: Progress}
  | {readonly kind: "result"; readonly id: number; readonly value: Capabilities | Segmentation}
  | {readonly kind: "error"; readonly id: number; readonly message: string; readonly deviceLost: boolean};

export interface Capabilities {
  readonly backends: BackendInfo[];
  readonly best: BackendId;
}
