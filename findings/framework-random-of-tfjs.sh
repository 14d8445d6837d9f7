#!/usr/bin/env bash
# Observable Framework 1.13.4: a built site's TensorFlow.js 4.22.0 has lost its random numbers.
#
# Guess before running: what `tf.randomNormal([2], 0, 1, "float32", 1)` gives in Node it gives in a page that Framework built, for Framework
# copies packages from node_modules into the site as they are. A seed makes it the same numbers each time.
# Seen: in the built site randomNormal, randomUniform, truncatedNormal and randomGamma throw "alea is not a function"; tf.ones is as it
# should be, and the build says nothing. Framework makes a module of
# each CommonJS package by itself; seedrandom hangs its generators on the function that it exports (`sr.alea = alea`), and TensorFlow.js
# imports the package as a namespace, `import * as seedrandom from 'seedrandom'`, and calls `seedrandom.alea`. The module that Framework
# makes has a default export and no `alea`. Bundlers that see both packages (esbuild, webpack) give the namespace what the function has.
# A page that initialises weights or augments photos at random fails only when it is used.
#
# Touches: nothing draws with TensorFlow.js here (random weights come from src/engine/seeded.ts); scripts/site/bundle.ts silences esbuild's warning
# about this very import.
#
# Runs only public packages, pinned, in a temporary folder. Wants a Chromium (CHROMIUM_PATH, or /usr/bin/chromium).
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > package.json <<'JSON'
{"type": "module", "private": true}
JSON
npm install --silent --no-audit --no-fund @observablehq/framework@1.13.4 @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 \
  playwright-core@1.65.1 sirv@3.0.2 >/dev/null
mkdir -p src
# Neither fonts nor other hosts: the build is offline.
cat > observablehq.config.js <<'JS'
export default {root: "src", globalStylesheets: [], search: false};
JS
cat > src/index.md <<'MD'
```js
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
globalThis.tf = tf;
```
MD
cat > libraries.mjs <<'JS'
// Framework asks a registry for the versions of libraries that no page uses, unless its cache knows them.
import {mkdirSync} from "node:fs";
for (const library of ["@observablehq/plot@0.6.17", "@observablehq/sample-datasets@1.0.1", "apache-arrow@21.2.0", "arquero@8.0.3", "d3-dsv@3.0.2",
  "d3@7.9.2", "echarts@6.1.0", "htl@1.0.0", "leaflet@1.9.4", "lodash@4.18.1", "mapbox-gl@3.32.0", "parquet-wasm@0.8.0", "react-dom@19.3.1",
  "react@19.3.1", "topojson-client@3.1.0"]) mkdirSync(`src/.observablehq/cache/_npm/${library}`, {recursive: true});
JS
node libraries.mjs
OBSERVABLE_TELEMETRY_DISABLE=true npx observable build > build.log 2>&1 || { cat build.log; exit 1; }
if grep -qi "alea\|seedrandom.*\(warn\|error\)" build.log; then echo "the build says something of it now"; exit 1; fi

cat > check.mjs <<'JS'
import {createServer} from "node:http";
import * as packaged from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import {chromium} from "playwright-core";
import sirv from "sirv";

const draws = {
  randomNormal: (tf) => tf.randomNormal([2], 0, 1, "float32", 1),
  randomUniform: (tf) => tf.randomUniform([2], 0, 1, "float32", 1),
  truncatedNormal: (tf) => tf.truncatedNormal([2], 0, 1, "float32", 1),
  randomGamma: (tf) => tf.randomGamma([2], 1, 1, "float32", 1),
  ones: (tf) => tf.ones([2])
};
/** The values that are drawn, or what is thrown; serialised, so that Node and the page run the same. */
async function drawn(tf, draw) {
  await tf.setBackend("cpu");
  try {
    return [...(await draw(tf).data())].map((value) => value.toFixed(4)).join(" ");
  } catch (error) {
    return error.message;
  }
}
const server = createServer(sirv("dist")).listen(0);
const browser = await chromium.launch({executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: ["--no-sandbox"]});
const page = await browser.newPage();
await page.goto(`http://localhost:${server.address().port}/`);
await page.waitForFunction(() => globalThis.tf);
const seen = {};
for (const [name, draw] of Object.entries(draws))
  seen[name] = {package: await drawn(packaged, draw), site: await page.evaluate(`(${drawn})(tf, ${draw})`)};
await browser.close();
server.close();
console.table(seen);
const lost = Object.keys(draws).filter((name) => name !== "ones");
const asSeen =
  lost.every((name) => /^-?\d/.test(seen[name].package) && /alea is not a function/.test(seen[name].site)) &&
  seen.ones.package === "1.0000 1.0000" && seen.ones.site === seen.ones.package;
if (!asSeen) {
  console.error("This is not what was seen.");
  process.exit(1);
}
JS
node check.mjs
