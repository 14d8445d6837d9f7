import {inTime} from "../shelf/in-time.js";
import type {Capabilities, Memory, WhereItRuns} from "../worker/protocol.js";
import type {EngineClient} from "./engine-client.js";
import {megabytes} from "./quantities.js";

/** Milliseconds that is waited for each part: an engine that hangs is reported, not waited for. */
const PATIENCE = 1500;
/** Keys of an address that say which photo of the reader's own, or whose, is shown. */
const OF_PHOTO = ["url", "own"];

/** What a page tells of itself. */
export interface Reported {
  readonly engine: Pick<EngineClient, "memory">;
  readonly capabilities: Promise<Capabilities & {readonly where: WhereItRuns}>;
  /** What the page says is going on. */
  readonly status: string;
  /** What went wrong last, if anything has. */
  readonly lastError: unknown;
}

type Line = readonly [name: string, value: string];

/**
 * What a report of a fault needs to know of a page and of the machine that it runs on, a line each; nothing of the photo, its name and
 * address included.
 *
 * @returns never rejects: what cannot be had is said to be missing
 */
export async function pageReport({engine, capabilities, status, lastError}: Reported): Promise<string> {
  const found = await within(capabilities);
  const lines: Line[] = [
    ["Site", document.querySelector('meta[name="version"]')?.getAttribute("content") ?? "a preview"],
    ["Scripts", scripts().join(", ")],
    ["Page", pageAndState(new URL(location.href))],
    ["Time", new Date().toISOString()],
    ["Browser", navigator.userAgent],
    ["Window", `${innerWidth} × ${innerHeight}, ${devicePixelRatio} device pixels each`],
    ["Cores", String(navigator.hardwareConcurrency)],
    ["Isolation", isolation()],
    [
      "Engine",
      found ? `${found.where.worker ? "in a worker" : `in the page: ${found.where.reason ?? "no reason"}`}; best ${found.best}` : MISSING
    ],
    ...(found?.backends ?? []).map(({id, available, detail, software}): Line => [
      id,
      `${available ? "" : "missing: "}${detail}${software ? " (on the CPU)" : ""}`
    ]),
    ["WebGL", webgl()],
    ["WebGPU", (await within(webgpu())) ?? MISSING],
    ["Memory", memoryInWords(await within(engine.memory()))],
    ["Kept", (await within(storage())) ?? MISSING],
    ["Status", withoutNames(status)],
    ["Last error", errorInWords(lastError)]
  ];
  return lines.map(([name, value]) => `${name}: ${value}`).join("\n");
}

const MISSING = "no answer";

function within<T>(work: Promise<T>): Promise<T | null> {
  return inTime(work, PATIENCE).catch(() => null);
}

/** The page's own scripts, whose names tell one build from another. */
function scripts(): string[] {
  const loaded = performance.getEntriesByType("resource").map(({name}) => new URL(name, location.href).pathname);
  return [...new Set(loaded.filter((name) => /\/_app\/[^/]+\.js$/.test(name)).map((name) => name.replace(/^.*\//, "")))];
}

/** The page, and its state as the address has it. */
export function pageAndState({pathname, searchParams, hash}: URL): string {
  const said = [...searchParams].map(([key, value]) => `${key}=${OF_PHOTO.includes(key) ? "(the reader's)" : value}`);
  return [pathname.replace(/^.*\//, "/"), said.join(" "), withoutNames(hash)].filter(Boolean).join(" ");
}

/** A sentence without the names of files and the addresses in it. */
export function withoutNames(text: string): string {
  return text
    .replace(/\b(?:https?|blob|data):[^\s,;]+/g, "(an address)")
    .replace(/“[^”]*\.\w{2,5}”|[^\s“”"(]+\.(?:jpe?g|png|webp|gif|bmp|avif|heic|heif|tiff?|svg)\b/gi, "(a file)");
}

function errorInWords(error: unknown): string {
  if (error === null || error === undefined) return "none";
  if (!(error instanceof Error)) return withoutNames(String(error as string));
  const cause = error.cause === undefined ? "" : `; because of ${errorInWords(error.cause)}`;
  return `${error.name}: ${withoutNames(error.message)}${cause}\n${placesOf(error)}`.trim();
}

/** Where in the scripts it happened. */
function placesOf({stack = ""}: Error): string {
  const places = [...stack.matchAll(/([\w-]+\.m?js):(\d+):(\d+)/g)].map(([place]) => place);
  return places.length > 0 ? `  at ${places.slice(0, 8).join(", ")}` : "";
}

function isolation(): string {
  const said = [
    crossOriginIsolated ? "isolated" : "not isolated",
    typeof SharedArrayBuffer === "undefined" ? "no shared memory" : "shared memory",
    isSecureContext ? "secure" : "not secure"
  ];
  return `${said.join(", ")}, ${"serviceWorker" in navigator && navigator.serviceWorker.controller ? "by a service worker" : "no service worker"}`;
}

function webgl(): string {
  const gl = document.createElement("canvas").getContext("webgl2");
  if (!gl) return "none";
  const debug = gl.getExtension("WEBGL_debug_renderer_info");
  const said = `${String(gl.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : gl.RENDERER))}; textures of ${String(gl.getParameter(gl.MAX_TEXTURE_SIZE))} a side`;
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return said;
}

async function webgpu(): Promise<string> {
  const adapter = await (navigator.gpu as GPU | undefined)?.requestAdapter();
  if (!adapter) return "none";
  const {vendor, architecture, description} = adapter.info;
  const {maxTextureDimension2D, maxBufferSize} = adapter.limits;
  const name = [vendor, architecture, description].filter(Boolean).join(" ");
  return `${name || "unnamed"}; textures of ${maxTextureDimension2D} a side, buffers of ${megabytes(maxBufferSize)}`;
}

function memoryInWords(held: Memory | null): string {
  const heap = (performance as Performance & {readonly memory?: {readonly usedJSHeapSize: number}}).memory;
  const tensors = held ? `${held.numTensors} tensors, ${megabytes(held.numBytes)}` : `tensors: ${MISSING}`;
  const gpu = !held || held.numBytesInGPU === null ? "" : `, ${megabytes(held.numBytesInGPU)} on the GPU`;
  return `${tensors}${gpu}${heap ? `; scripts ${megabytes(heap.usedJSHeapSize)}` : ""}`;
}

async function storage(): Promise<string> {
  const {usage = 0, quota = 0} = await navigator.storage.estimate();
  return `${megabytes(usage)} of ${megabytes(quota)}`;
}
