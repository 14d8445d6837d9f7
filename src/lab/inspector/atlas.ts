import type {AtlasPaint} from "../../components/atlas-paint.js";
import {shadeTables} from "../../components/colour-maps.js";
import {atlasPainter} from "../../media/atlas/atlas.js";
import type {EngineClient} from "../engine-client.js";

/** Paints the inspector's atlases: on the GPU, once it is known that this machine has one. */
export function inspectorAtlas(engine: Pick<EngineClient, "capabilities">): AtlasPaint {
  let gpu = false;
  void engine.capabilities().then(
    ({backends}) => {
      gpu = backends.some(({id, available, software}) => id === "webgl" && available && !software);
    },
    () => {
      // The workbench says what is wrong; the CPU paints too.
    }
  );
  return atlasPainter({gpu: () => gpu, shades: shadeTables()}).paint;
}
