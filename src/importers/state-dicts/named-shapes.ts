import {FormatError} from "../../formats/format-error.js";
import type {StateDict} from "../../formats/state-dict.js";

/** Output channels of a module's kernel. @throws FormatError where the state dict has no such kernel, or one of another kind */
export function outputsOf(dict: StateDict, module: string): number {
  const shape = dict.get(`${module}.weight`)?.shape;
  if (!shape) throw new FormatError(`The state dict lacks "${module}.weight".`);
  const [outputs = 0] = shape;
  if (shape.length !== 4 || outputs < 1)
    throw new FormatError(`"${module}.weight" has the shape [${shape.join(", ")}]; a kernel has four sides.`);
  return outputs;
}

/** How many modules of the names that a function makes of 0, 1, ... there are, one after the other. */
export function countOf(dict: StateDict, module: (index: number) => string): number {
  let count = 0;
  while (dict.has(`${module(count)}.weight`)) count++;
  return count;
}
