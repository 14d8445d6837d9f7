import {readFile, readdir} from "node:fs/promises";
import path from "node:path";
import {brotliCompressSync, constants} from "node:zlib";
import {bundle} from "../../browser/bundle.js";
import {serve} from "../../browser/server.js";
import type {Served, Server} from "../../browser/server.js";
import {nodeModule} from "../../browser/session.js";
import {PEER_FILES} from "../comparisons.js";

/** What a peer's page needs and nothing else: its model and its photo are announced, as ours are. */
const PAGE = `<!doctype html>
<html lang="en">
<title>LiteRT.js</title>
<link rel="icon" href="data:,">
<link rel="modulepreload" href="/page.js">
<link rel="preload" as="fetch" crossorigin href="/model.tflite">
<link rel="preload" as="fetch" crossorigin href="/photo.jpg">
<main aria-busy="true"><canvas></canvas></main>
<script type="module" src="/page.js"></script>
</html>`;

/** Where LiteRT.js looks for its binaries. */
const WASM_URL = "/litert-wasm/";
/** As this site is served: nothing is asked for twice. */
const CACHE = {cache: "max-age=600"};
const SCRIPT = {type: "text/javascript", ...CACHE};

/**
 * Serves a bare page that segments one photo by LiteRT.js on the released TFLite file, with all that compresses well compressed.
 *
 * @param mirror folder of the released model files
 * @param photo path of a JPEG
 */
export async function servePeer(mirror: string, photo: string): Promise<Server> {
  const folder = nodeModule("@litertjs/core/wasm");
  const runtime: Record<string, Served> = {};
  for (const file of (await readdir(folder)).filter((name) => name.includes("_threaded_"))) {
    const type = file.endsWith(".wasm") ? {type: "application/wasm", ...CACHE} : SCRIPT;
    runtime[WASM_URL + file] = {content: compressed(await readFile(path.join(folder, file))), encoding: "br", ...type};
  }
  const script = await bundle(path.join(import.meta.dirname, "peer-page.ts"));
  return serve({
    ...runtime,
    "/": {content: PAGE, type: "text/html"},
    "/page.js": {content: compressed(script), encoding: "br", ...SCRIPT},
    "/model.tflite": {content: await readFile(path.join(mirror, PEER_FILES.litert.file)), type: "application/octet-stream", ...CACHE},
    "/photo.jpg": {content: await readFile(photo), type: "image/jpeg", ...CACHE}
  });
}

function compressed(content: string | Uint8Array): Uint8Array {
  return brotliCompressSync(content, {params: {[constants.BROTLI_PARAM_QUALITY]: 6}});
}
