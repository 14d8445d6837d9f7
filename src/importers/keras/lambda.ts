import type {Sampling} from "../../engine/steps/upsample.js";
import {isObject, isText} from "../../formats/json.js";
import type {Config} from "../../formats/keras-calls.js";
import {pythonCode} from "../../formats/python-code.js";
import type {PythonCode} from "../../formats/python-code.js";

/** What a Lambda layer is taken to do: hand on its map with axes of one cell put in, or enlarge it. */
export type Lambda = {readonly op: "same"} | {readonly op: "resize"; readonly mode: Sampling};

/** Names that lead to a function, or to a map's size. */
const ON_THE_WAY = new Set(["K", "tf", "keras", "backend", "compat", "v1", "image", "shape", "int_shape", "constant"]);
const RESIZES = new Set(["resize", "resize_bilinear", "resize_images"]);
const OTHER_METHODS = new Set<unknown>(["nearest", "bicubic", "area", "lanczos3", "lanczos5", "gaussian", "mitchellcubic"]);

/**
 * What the code of a Lambda layer says that it calls: `expand_dims` alone, or one of TensorFlow's resizes alone. The code is read for
 * its names and constants and never run; whatever else it calls, it is not known.
 */
export function lambdaOf(config: Config, version: string): Lambda | null {
  const bytes = codeOf(config["function"]);
  const code = bytes && pythonCode(bytes);
  if (!code) return null;
  const called = code.names.filter((name) => !ON_THE_WAY.has(name));
  if (called.length !== 1) return null;
  const [name = ""] = called;
  if (name === "expand_dims") return {op: "same"};
  if (!RESIZES.has(name) || !code.names.includes("image") || code.constants.some((constant) => OTHER_METHODS.has(constant))) return null;
  const mode = modeOf(name, code, version);
  return mode && {op: "resize", mode};
}

/** Half-pixel centres are what TensorFlow 2 has; whoever wrote "2.2.4-tf" may have had either. */
const OF_TENSORFLOW_2 = /^(2\.([3-9]|\d\d)|[3-9])\./;

function modeOf(name: string, {names, constants}: PythonCode, version: string): Sampling | null {
  // Names of arguments stand after the constants that they are given.
  const named = constants.findLast((constant) => Array.isArray(constant) && constant.includes("align_corners"));
  if (named) {
    const truths = constants.filter((constant) => typeof constant === "boolean");
    return truths.length === 1 ? (truths[0] ? "corners" : "neither") : null;
  }
  if (names.includes("v1") || name !== "resize") return "neither";
  return OF_TENSORFLOW_2.test(version) ? "half_pixel" : null;
}

/** Keras 2 writes code, defaults and closure; Keras 3 the same with names. */
function codeOf(given: unknown): Uint8Array | null {
  const own = isObject(given) && isObject(given["config"]) ? given["config"]["code"] : given;
  const code: unknown = Array.isArray(own) ? own[0] : own;
  if (!isText(code)) return null;
  try {
    return Uint8Array.from(atob(code.replace(/\s/g, "")), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}
