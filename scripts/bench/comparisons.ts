import type {BackendId} from "../../src/worker/protocol.js";

export const PEERS = ["graph-model", "litert"] as const;
/** Who is compared with: TensorFlow.js's GraphModel on the released graph, or LiteRT.js on the released TFLite file. */
export type Peer = (typeof PEERS)[number];

/** Ours at some output strides against one peer, on the peer's own weights. */
export interface Comparison {
  readonly peer: Peer;
  readonly backend: BackendId;
  /** Side of the square photo in pixels: what the peer's file takes. */
  readonly inputSize: number;
  /** Strides at which ours runs; the peer runs at the one that its file was exported with, 8. */
  readonly outputStrides: readonly number[];
  /** Addresses in the page. */
  readonly urls: PeerUrls & {
    /** The photo, raw RGB. */
    readonly photo: string;
  };
}

/** Addresses in the page of one network in two files. */
export interface PeerUrls {
  /** The peer's file. */
  readonly peer: string;
  /** The same weights as a model file of this project. */
  readonly ours: string;
}

/** Name of each peer's file in the mirror, and the input it takes. */
export const PEER_FILES: Readonly<Record<Peer, {readonly file: string; readonly inputSize: number}>> = {
  "graph-model": {file: "deeplabv3_mnv2_pascal_train_aug_tfjs_uint8/model.json", inputSize: 513},
  litert: {file: "deeplabv3_257_mv_gpu.tflite", inputSize: 257}
};

/** Backends on which a peer can be compared alike: LiteRT.js has no WebGL, and our kernels run no graphs of TensorFlow.js. */
const COMPARABLE: Readonly<Record<Peer, readonly BackendId[]>> = {
  "graph-model": ["wasm", "webgl", "webgpu"],
  litert: ["kernels", "wasm", "webgpu"]
};

/** Address at which the mirror is served to the page. */
export const MIRROR_URL = "/models/";

export function peerUrls(peer: Peer): PeerUrls {
  return {peer: MIRROR_URL + PEER_FILES[peer].file, ours: `/ours/${peer}`};
}

/** All comparisons that these peers and backends give. */
export function comparisons(peers: readonly Peer[], backends: readonly BackendId[]): Comparison[] {
  return peers.flatMap((peer) => {
    const {inputSize} = PEER_FILES[peer];
    return backends
      .filter((backend) => COMPARABLE[peer].includes(backend))
      .map((backend) => ({peer, backend, inputSize, outputStrides: [8, 16], urls: {...peerUrls(peer), photo: `/photo/${inputSize}`}}));
  });
}
