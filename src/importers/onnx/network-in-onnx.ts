import type {OnnxGraph} from "../../formats/onnx.js";
import {findNetwork} from "../find-network.js";
import type {FoundNetwork} from "../find-network.js";
import {foldLayers} from "../fold.js";
import {onnxOperations} from "../onnx-operations.js";
import {NotDeepLabError} from "../recognise.js";
import {OPEN_SIDES} from "./maps.js";

/** What may help with a graph whose padding was computed from the size of the photo that it was traced with. */
const OPEN = "The file leaves the size of photos open; if its padding follows from it, export the model for one size.";

/**
 * The network that an ONNX graph holds.
 *
 * @throws FormatError where it is damaged; NotDeepLabError as `findNetwork`
 */
export function networkInOnnx(graph: OnnxGraph): FoundNetwork {
  const at = (side: number) => findNetwork(foldLayers(onnxOperations(graph, side)));
  const isOpen = [...graph.inputs.values()].some((shape) => shape.some(Number.isNaN));
  try {
    return at(OPEN_SIDES[0]);
  } catch (error) {
    if (!isOpen || !(error instanceof NotDeepLabError)) throw error;
    try {
      return at(OPEN_SIDES[1]);
    } catch {
      throw new NotDeepLabError(`${error.message} ${OPEN}`, {cause: error});
    }
  }
}
