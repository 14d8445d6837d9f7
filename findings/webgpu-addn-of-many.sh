#!/usr/bin/env bash
# TensorFlow.js 4.22.0, WebGPU backend: tf.addN of more tensors than a shader may bind is silently not computed.
#
# Guess before running: tf.addN of n tensors of ones is n, for every n, on every backend, as tf.concat of as many is right.
# Seen: right up to 7 tensors. From 8 on the result is not n but whatever its buffer held before (7 here, the sum that was freed last);
# nothing is thrown and no promise rejects. A concatenation that is right by itself and handed to the device together with the sum is lost too
# (stale values or zeros). The sum's shader binds its n inputs and its output as storage buffers, and WebGPU promises 8 of them a stage
# (maxStorageBuffersPerShaderStage, https://www.w3.org/TR/webgpu/#limits); the backend asks for no more. The pipeline is invalid, so the
# browser drops all commands of that submission. tf.concat goes in several passes for this reason (tfjs #6532); tf.addN does not.
# The cpu backend gives n for every n.
#
# Touches: sums of the gradients of a 3x3 window's nine taps. Adding two by two is right.
#
# Runs only public packages, pinned, in a temporary folder. Wants a Chromium (CHROMIUM_PATH, or /usr/bin/chromium).
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > package.json <<'JSON'
{"type": "module", "private": true}
JSON
npm install --silent --no-audit --no-fund @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 \
  @tensorflow/tfjs-backend-webgpu@4.22.0 esbuild@0.28.2 playwright-core@1.65.1 >/dev/null

cat > page.js <<'JS'
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgpu";

globalThis.sums = async (backend) => {
  await tf.setBackend(backend);
  await tf.ready();
  const found = {};
  for (const n of [2, 7, 8, 9]) {
    const ones = Array.from({length: n}, () => tf.ones([4]));
    const sum = tf.addN(ones);
    // By itself right, but handed to the device together with the sum.
    const joined = tf.sum(tf.concat(ones));
    found[n] = {sum: (await sum.data())[0], joined: (await joined.data())[0]};
    tf.dispose([ones, sum, joined]);
  }
  return found;
};
JS

cat > run.js <<'JS'
import {createServer} from "node:http";
import {build} from "esbuild";
import {chromium} from "playwright-core";

const {outputFiles} = await build({entryPoints: ["page.js"], bundle: true, write: false, format: "iife", logLevel: "error"});
// A secure context, as WebGPU wants: localhost is one.
const server = createServer(({url}, response) => {
  response.setHeader("content-type", url === "/page.js" ? "text/javascript" : "text/html");
  response.end(url === "/page.js" ? outputFiles[0].text : '<!doctype html><title>addN</title><script src="/page.js"></script>');
}).listen(0);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--enable-unsafe-webgpu",
    "--use-webgpu-adapter=swiftshader",
    "--enable-features=Vulkan,WebGPU",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader"
  ]
});
const page = await browser.newPage();
await page.goto(`http://localhost:${server.address().port}/`);
const cpu = await page.evaluate(() => sums("cpu"));
const webgpu = await page.evaluate(() => sums("webgpu"));
await browser.close();
server.close();
console.log("TensorFlow.js 4.22.0; n: tf.addN of n tensors of ones, and the sum of their 4n values joined");
for (const [backend, found] of Object.entries({cpu, webgpu})) console.log(backend, JSON.stringify(found));
const isRight = (found, n) => found[n].sum === n && found[n].joined === 4 * n;
const asSeen =
  [2, 7, 8, 9].every((n) => isRight(cpu, n)) &&
  [2, 7].every((n) => isRight(webgpu, n)) &&
  [8, 9].every((n) => webgpu[n].sum !== n && webgpu[n].joined !== 4 * n);
console.log(asSeen ? "as seen before" : "CHANGED");
process.exitCode = asSeen ? 0 : 1;
JS
node run.js
