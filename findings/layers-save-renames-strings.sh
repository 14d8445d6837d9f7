#!/usr/bin/env bash
# TensorFlow.js 4.22.0, layers: saving a model rewrites the texts in its layers' configurations.
#
# Guess before running: a custom layer whose getConfig() holds texts, as names of classes, has the same texts after model.save and
# tf.loadLayersModel. The keys may change on the way (Keras writes them with underscores), the values may not.
# Seen: only values under `name` and `className` are kept. Every other text goes through the function that turns keys from camelCase to
# snake_case when the model is saved, and through one that is not its inverse when it is loaded: "tvMonitor", "tv_monitor" and "TVMonitor" all
# come back as "tvMonitor", "Potted Plant" as "potted Plant", and the file holds other texts still ("potted _plant"). Nothing is said; weights
# and topology are as they were. A layer that looks its texts up finds nothing, or another.
#
# Touches: a Lambda layer's code, which Keras keeps as base64, is ruined by loading and saving once; src/formats/python-code.ts says then that
# the layer cannot be read. Our own files keep class names in metadata, which nothing rewrites.
#
# Runs only public packages, pinned, in a temporary folder.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > package.json <<'JSON'
{"type": "module", "private": true}
JSON
npm install --silent --no-audit --no-fund @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-layers@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 >/dev/null
cat > check.mjs <<'JS'
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import * as layers from "@tensorflow/tfjs-layers";

const given = ["tvMonitor", "tv_monitor", "TVMonitor", "Potted Plant", "person", "c=="];

class Named extends layers.layers.Layer {
  static className = "Named";
  constructor({labels, ...config}) {
    super(config);
    this.labels = labels;
  }
  call([x]) {
    return x;
  }
  getConfig() {
    return {...super.getConfig(), labels: this.labels};
  }
}
tf.serialization.registerClass(Named);

const model = layers.sequential({layers: [layers.layers.dense({units: 2, inputShape: [3], name: "keptAsItIs"}), new Named({labels: given})]});
let saved;
await model.save(tf.io.withSaveHandler((artifacts) => ((saved = artifacts), {modelArtifactsInfo: {dateSaved: new Date(0), modelTopologyType: "JSON"}})));
const written = saved.modelTopology.config.layers[1].config.labels;
const loaded = await layers.loadLayersModel(tf.io.fromMemory(saved));
const read = loaded.layers[1].labels;
console.table(given.map((text, index) => ({given: text, "in the file": written[index], "read again": read[index]})));
const asSeen =
  loaded.layers[0].name === "keptAsItIs" &&
  written.join("|") === "tv_monitor|tv_monitor|tv_monitor|potted _plant|person|c==" &&
  read.join("|") === "tvMonitor|tvMonitor|tvMonitor|potted Plant|person|c==";
if (!asSeen) {
  console.error("This is not what was seen.");
  process.exit(1);
}
JS
node check.mjs
