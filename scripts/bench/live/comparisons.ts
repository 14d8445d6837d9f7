import {fitInput} from "../../../src/engine/preprocess.js";
import type {Labelling} from "../../../src/media/live/look.js";
import type {Size} from "../../../src/media/live/renderer.js";
import type {LiveRun} from "../../../src/worker/live/messages.js";
import type {BackendId} from "../../../src/worker/protocol.js";
import {PEER_FILES, peerUrls} from "../comparisons.js";
import type {Peer, PeerUrls} from "../comparisons.js";

/** One way in which our session runs. */
export interface LiveVariant extends LiveRun {
  readonly labelling: Labelling;
}

/** Our live session in some variants against one peer, on the camera's frames and the peer's own weights. */
export interface LiveComparison {
  readonly peer: Peer;
  readonly backend: BackendId;
  /** What the camera gives. */
  readonly frame: Size;
  /** What the peer's network computes on. */
  readonly peerInput: Size;
  readonly variants: readonly LiveVariant[];
  readonly urls: PeerUrls;
}

/** As most cameras see, where ours keeps the frame's shape and computes less than a peer that takes squares. */
const CAMERA: Size = {width: 640, height: 480};
/** So that both sides compute on inputs of the same size. */
const SQUARE: Size = {width: 480, height: 480};

const PLAIN: Labelling = {smoothing: false, edges: false};
const FULL: Labelling = {smoothing: true, edges: true};

/** Input sizes of ours beside each peer, long sides in pixels: the one for live pictures, and the one that the released graph is made for. */
const SIZES: Readonly<Record<Peer, readonly number[]>> = {"graph-model": [257, 513], litert: [257]};

/** Backends on which a peer can be compared alike: LiteRT.js has no WebGL, and WebGPU cannot be read synchronously, which the classic way does. */
const COMPARABLE: Readonly<Record<Peer, readonly BackendId[]>> = {"graph-model": ["wasm", "webgl"], litert: ["wasm", "webgpu"]};

/** All comparisons that these peers and backends give. */
export function liveComparisons(peers: readonly Peer[], backends: readonly BackendId[]): LiveComparison[] {
  return peers.flatMap((peer) => {
    const {inputSize} = PEER_FILES[peer];
    return backends
      .filter((backend) => COMPARABLE[peer].includes(backend))
      .flatMap((backend) =>
        [CAMERA, SQUARE].map((frame) => ({
          peer,
          backend,
          frame,
          peerInput: {width: inputSize, height: inputSize},
          // The large input once is enough: it is slow where a GPU is emulated.
          variants: SIZES[peer].filter((size) => size === 257 || frame === CAMERA).flatMap(variantsAt),
          urls: peerUrls(peer)
        }))
      );
  });
}

function variantsAt(inputSize: number): LiveVariant[] {
  return [
    {inputSize, outputStride: 8, labelling: PLAIN},
    {inputSize, outputStride: 8, labelling: FULL},
    {inputSize, outputStride: 16, labelling: PLAIN}
  ];
}

/** Size of the network's input that our session makes of a frame. */
export function ourInput({width, height}: Size, {inputSize}: LiveRun): Size {
  const fit = fitInput(height, width, inputSize);
  return {width: fit.width, height: fit.height};
}
