import {plan} from "../engine/plan.js";
import type {DecodedPhoto} from "../media/decode.js";
import type {BackendId} from "../worker/protocol.js";
import type {EngineClient} from "./engine-client.js";
import {faceUrl} from "./face-url.js";
import type {StripPictures} from "./strip-pictures.js";

/** The network sees the photo as small as that: what is drawn is smaller still. */
const SIDE = 257;
/** Cells along the longer side of a picture. */
const CELLS = 40;

/**
 * What end points of a network see in a photo, as small pictures: how strongly each place is activated.
 *
 * @param endPoints those that the network does not have are left out
 */
export async function stripMaps(
  engine: EngineClient,
  photo: DecodedPhoto,
  {modelUrl, backend, endPoints}: {readonly modelUrl: string; readonly backend: BackendId; readonly endPoints: readonly string[]}
): Promise<StripPictures> {
  const {network} = await engine.describe(modelUrl);
  const has = new Set(plan(network, {height: SIDE, width: SIDE}).steps.map(({name}) => name));
  const layers = endPoints.filter((name) => has.has(name));
  const {maps} = await engine.inspect(photo, {modelUrl, backend, outputStride: 16, inputSize: SIDE}, "overview", {layers, side: CELLS});
  return Object.fromEntries(Object.entries(maps).map(([name, map]) => [name, faceUrl(map)]));
}
