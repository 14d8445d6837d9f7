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

/** Long sides of our input in pixels: for live pictures, and the one that the released graph is made for. */
const SMALL = 257;
const LARGE = 513;

/**
 * Backends on which a peer can be compared alike: LiteRT.js has no WebGL, and WebGPU cannot be read synchronously, which the classic way
 * does.
 */
const COMPARABLE: Readonly<Record<Peer, readonly BackendId[]>> = {"graph-model": ["wasm", "webgl"], litert: ["kernels", "wasm", "webgpu"]};

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
          variants: variantsOf(peer, frame),
          urls: peerUrls(peer)
        }))
      );
  });
}

function variantsOf(peer: Peer, frame: Size): LiveVariant[] {
  const small = [
    {inputSize: SMALL, outputStride: 8, labelling: PLAIN},
    {inputSize: SMALL, outputStride: 8, labelling: FULL},
    {inputSize: SMALL, outputStride: 16, labelling: PLAIN}
  ];
  // Once is enough: it is slow where a GPU is emulated.
  const large =
    peer === "graph-model" && frame === CAMERA ? [8, 16].map((outputStride) => ({inputSize: LARGE, outputStride, labelling: PLAIN})) : [];
  return [...small, ...large];
}

/** Size of the network's input that our session makes of a frame. */
export function ourInput({width, height}: Size, {inputSize}: LiveRun): Size {
  const fit = fitInput(height, width, inputSize);
  return {width: fit.width, height: fit.height};
}
