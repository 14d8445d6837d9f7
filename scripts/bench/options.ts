import {parseArgs} from "node:util";
import {BACKENDS} from "../../src/worker/protocol.js";
import type {BackendId} from "../../src/worker/protocol.js";
import type {Gpu} from "../browser/chromium.js";
import {PEERS} from "./comparisons.js";
import type {Peer} from "./comparisons.js";

const WHAT = ["photo", "live", "inside", "label", "training", "load", "kernels", "profile", "all"] as const;
/**
 * What is timed: from a photo's pixels to its label map, from a camera's frame to its picture, the inspector, painting labels, or a
 * training step, pages over a slow line until their first mask, our kernels in Node, each kind of their steps; `all` are all but the last
 * four.
 */
export type What = (typeof WHAT)[number];

export const USAGE = `Usage: npm run bench -- [options]

Times this project's engine against other runtimes on the same weights, in one Chromium.

  --what <part>      photo: from a photo's pixels to its label map; live: from a camera's frame to the picture with its mask,
                     and the tasks of the main thread while the built site's /webcam streams; inside: in the built site's
                     /workbench, a layer of 960 channels from the click to its grid, and the grid's frames while it is
                     scrolled; label: frames of the built site's /label while labels are painted on 12 megapixels; all of these
                     by default; training: a step of nano's head on WASM, by PyTorch (Debian's python3-torch) where it is here, and by
                     tf.train on the cpu backend, where it takes minutes; load: the built site's pages over a line of 100 ms and 10 Mbit/s until their first mask,
                     on the first visit and the second, beside LiteRT.js on a page of its own; kernels: from input to logits in Node,
                     by our kernels, in one thread and in all, and by TensorFlow.js's in one; profile: what each kind of step takes of
                     that, in one thread and in all, beside what this machine can multiply and add
  --backends <list>  of kernels, wasm, webgl, webgpu and cpu, separated by commas; by default the first three, and webgpu where there is a GPU
  --peers <list>     of ${PEERS.join(" and ")}; both by default
  --against <folder> another checkout of this project, its packages installed: times its engine and this one's in turn, and nothing else;
                     with --what load the site that is built there
  --runs <number>    timed runs of each; 7 by default, 3 where a GPU interface is emulated in software
  --gpu <kind>       hardware or software; by default hardware where this machine has a GPU
  --json             print a JSON array instead of a table
  --help             print this

The peers' model files are looked for in DEEPLAB_MIRROR, or the folder models of DEEPLAB_SHARED.`;

export interface BenchOptions {
  readonly what: What;
  /** Undefined: those that make sense on this machine. */
  readonly backends: readonly BackendId[] | undefined;
  readonly peers: readonly Peer[];
  /** Folder of another checkout to compare with, instead of peers. */
  readonly against: string | undefined;
  /** Undefined: as many as the backend's speed allows. */
  readonly runs: number | undefined;
  /** Undefined: hardware where there is any. */
  readonly gpu: Gpu | undefined;
  readonly json: boolean;
}

/**
 * The options of a command line.
 *
 * @returns null where help is asked for
 * @throws Error with a sentence for the reader when an option is unknown or out of range
 */
export function benchOptions(args: readonly string[]): BenchOptions | null {
  const {values} = parseArgs({
    args: [...args],
    options: {
      what: {type: "string", default: "all"},
      backends: {type: "string"},
      peers: {type: "string"},
      against: {type: "string"},
      runs: {type: "string"},
      gpu: {type: "string"},
      json: {type: "boolean", default: false},
      help: {type: "boolean", default: false}
    }
  });
  if (values.help) return null;
  const runs = values.runs === undefined ? undefined : Number(values.runs);
  if (runs !== undefined && !(Number.isInteger(runs) && runs >= 1))
    throw new Error(`--runs is a whole number from 1 up, not "${values.runs}".`);
  return {
    what: oneOf("--what", values.what, WHAT),
    backends: values.backends === undefined ? undefined : listOf("--backends", values.backends, BACKENDS),
    peers: values.peers === undefined ? PEERS : listOf("--peers", values.peers, PEERS),
    against: values.against,
    runs,
    gpu: values.gpu === undefined ? undefined : oneOf("--gpu", values.gpu, ["software", "hardware"]),
    json: values.json
  };
}

function listOf<Choice extends string>(option: string, text: string, choices: readonly Choice[]): Choice[] {
  return text.split(",").map((part) => oneOf(option, part.trim(), choices));
}

function oneOf<const Choice extends string>(option: string, text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw new Error(`${option} takes ${choices.join(", ")}; not "${text}".`);
  return choice;
}
