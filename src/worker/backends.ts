import * as tf from "@tensorflow/tfjs-core";
import {countInWords} from "../datasets/count-in-words.js";
import {hasRelaxedSimd} from "../engine/wasm/relaxed-simd.js";
import {siteUrl} from "../site.js";
import type {OnWasm} from "./faster-on-cpu.js";
import {watchDevice} from "./device-lost.js";
import {BACKENDS} from "./protocol.js";
import type {BackendId, BackendInfo} from "./protocol.js";

/** Folder of the .wasm binaries in the site. */
const WASM_FOLDER = siteUrl("vendor/tfjs-wasm/");

/** More threads than this bring nothing to convolutions of this size. */
const MAX_THREADS = 8;

/** Bytes of freed textures that WebGL may keep for reuse, so that changing sizes does not fill the GPU. */
const TEXTURE_POOL_BYTES = 256 * 1024 * 1024;

/** Names under which the known software rasterisers present themselves. */
const SOFTWARE_RENDERER = /swiftshader|llvmpipe|softpipe|software|basic render|lavapipe/i;

/** What each backend is on this machine. Probes without loading TensorFlow.js backends. */
export async function probeBackends(): Promise<BackendInfo[]> {
  const found = {webgpu: await probeWebGPU(), webgl: webglHere(), kernels: probeKernels(), wasm: probeWasm(), cpu: CPU};
  return BACKENDS.map((id) => ({id, ...found[id]}));
}

/**
 * The fastest backend there is: a real GPU first, then WASM, then an emulated GPU, which is slower than WASM.
 *
 * @param onCpu which of the two on WASM is the faster here: ours, before that was measured
 */
export function bestBackend(backends: readonly BackendInfo[], onCpu: OnWasm = "kernels"): BackendId {
  const slower = onCpu === "wasm" ? "kernels" : "wasm";
  const usable = backends.filter(({available}) => available).sort((a, b) => Number(a.id === slower) - Number(b.id === slower));
  const best = usable.find(({id, software}) => !software && id !== "cpu") ?? usable.find(({id}) => id !== "cpu");
  return best?.id ?? "cpu";
}

/** Loads the script of a backend while the page is still at what it will ask of it. Of those on WASM, whose scripts ask for a binary. */
export function fetchAhead(id: BackendId): void {
  // Whoever needs it meets the same fault, and has a sentence for it.
  if (id === "wasm") import("../vendor/tfjs-backend-wasm.js").catch(() => {});
  if (id === "kernels") import("./kernels-backend.js").catch(() => {});
}

/**
 * Loads a backend on first use and makes it the current one.
 *
 * @param isWhole whether all of TensorFlow.js's operations must be there, and not only what runs a network: our kernels bring no more
 * @throws Error when it does not start
 */
export async function activateBackend(id: BackendId, isWhole = true): Promise<void> {
  switch (id) {
    case "webgpu":
      await import("@tensorflow/tfjs-backend-webgpu");
      break;
    case "webgl":
      await import("@tensorflow/tfjs-backend-webgl");
      tf.env().set("WEBGL_DELETE_TEXTURE_THRESHOLD", TEXTURE_POOL_BYTES);
      break;
    case "kernels": {
      const {registerKernels, completeKernels} = await import("./kernels-backend.js");
      registerKernels(threadsHere());
      if (isWhole) await completeKernels();
      break;
    }
    case "wasm": {
      const wasm = await import("../vendor/tfjs-backend-wasm.js");
      wasm.setWasmPaths(WASM_FOLDER);
      wasm.setThreadsCount(threadsHere());
      // The threaded binary waits for workers that never come where there are none.
      if (threadsHere() === 1) tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
      break;
    }
    case "cpu":
      await import("@tensorflow/tfjs-backend-cpu");
  }
  const started = await reportingCores(id === "wasm" ? 2 * threadsHere() : null, () => tf.setBackend(id).catch(() => false));
  if (!started) throw new Error(`The ${id} backend did not start. Choose another one.`);
  await tf.ready();
  watchDevice();
}

/**
 * TensorFlow.js's WASM backend takes no more threads than half of the cores that the browser reports, whatever
 * `setThreadsCount` asks for: on two cores that is one. So it is told of twice as many while it starts.
 */
async function reportingCores<T>(cores: number | null, start: () => Promise<T>): Promise<T> {
  if (cores === null) return start();
  Object.defineProperty(navigator, "hardwareConcurrency", {value: cores, configurable: true});
  try {
    return await start();
  } finally {
    // Uncovers the browser's own property again.
    Reflect.deleteProperty(navigator, "hardwareConcurrency");
  }
}

type Probe = Omit<BackendInfo, "id">;

const CPU: Probe = {available: true, detail: "plain JavaScript, slow", software: true};

async function probeWebGPU(): Promise<Probe> {
  if (!navigator.gpu) return missing("this browser has no WebGPU here");
  const adapter = await navigator.gpu.requestAdapter({powerPreference: "high-performance"}).catch(() => null);
  if (!adapter) return missing("no WebGPU adapter");
  const {vendor, architecture, description} = adapter.info;
  const name = description || [vendor, architecture].filter(Boolean).join(" ") || "unnamed adapter";
  return gpu(name, SOFTWARE_RENDERER.test(`${name} ${architecture}`));
}

/** What WebGL is on this machine. */
export function webglHere(): Probe {
  const canvas = typeof OffscreenCanvas === "undefined" ? document.createElement("canvas") : new OffscreenCanvas(1, 1);
  const gl = canvas.getContext("webgl2") as WebGL2RenderingContext | null;
  if (!gl) return missing("this browser gives no WebGL 2 context");
  const debug = gl.getExtension("WEBGL_debug_renderer_info");
  const name = String(gl.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return gpu(name, SOFTWARE_RENDERER.test(name));
}

const NO_WASM = "this browser has no WebAssembly";

function probeKernels(): Probe {
  if (typeof WebAssembly === "undefined") return missing(NO_WASM);
  if (!hasSimd()) return missing("this browser's WebAssembly has no SIMD");
  return {
    available: true,
    detail: `${hasRelaxedSimd() ? "relaxed SIMD" : "SIMD"}, ${countInWords(threadsHere(), "thread")}`,
    software: false
  };
}

function probeWasm(): Probe {
  if (typeof WebAssembly === "undefined") return missing(NO_WASM);
  if (!hasSimd()) return {available: true, detail: "no SIMD, 1 thread", software: false};
  const threads = threadsHere();
  return {available: true, detail: `SIMD, ${countInWords(threads, "thread")}`, software: false};
}

/** Threads need workers, and shared memory, which a page has only when it is cross-origin isolated. */
function threadsHere(): number {
  return globalThis.crossOriginIsolated && typeof Worker !== "undefined" ? Math.min(navigator.hardwareConcurrency || 1, MAX_THREADS) : 1;
}

/** The smallest module that uses a SIMD instruction. */
function hasSimd(): boolean {
  return WebAssembly.validate(
    // prettier-ignore
    new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11])
  );
}

function missing(detail: string): Probe {
  return {available: false, detail, software: false};
}

function gpu(name: string, software: boolean): Probe {
  return {available: true, detail: software ? `software: ${SOFTWARE_RENDERER.exec(name)?.[0] ?? name}` : shortName(name), software};
}

/** The card out of what ANGLE says of itself: "ANGLE (vendor, card (0x...) Direct3D11 ..., driver)". */
function shortName(renderer: string): string {
  const [, card = renderer] = /^ANGLE \([^,]*, (?:ANGLE Metal Renderer: )?([^,]*)/.exec(renderer) ?? [];
  return card.replace(/\s*(\(0x|Direct3D|OpenGL|vs_\d).*$/, "");
}
