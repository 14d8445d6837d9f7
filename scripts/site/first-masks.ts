import {createHash} from "node:crypto";
import {existsSync} from "node:fs";
import {mkdir, readFile, readdir, rm} from "node:fs/promises";
import path from "node:path";
import {build} from "esbuild";
import {SAMPLES} from "../../data/samples/samples.js";
import type {PassSetting} from "../../src/engine/passes.js";
import {USUAL_RUN} from "../../src/lab/network-parameters.js";
import {photoSize} from "../evaluate/photo.js";
import {MODELS_FOLDER, modelFile, writeWhole} from "../models/folder.js";
import {ROOT} from "./root.js";

/** A mask that was made when the site was built, of the photo that pages begin with. */
export interface FirstMask {
  /** Id of the model. */
  readonly model: string;
  /** Size of the model's file. */
  readonly bytes: number;
  /** Size of photo and mask in pixels. */
  readonly width: number;
  readonly height: number;
  /** Path of the PNG: the mask as it lies over the photo. */
  readonly file: string;
}

/** The photo that pages begin with. */
export const FIRST_PHOTO = SAMPLES[0]!;

/** What makes a mask. */
const MAKER = path.join(ROOT, "scripts/site/made-mask.ts");

/**
 * The masks that models make of the photo that pages begin with. What is kept from a build before is
 * taken only if everything that it was made from is the same still; all else there is removed. A mask that cannot be made is left out,
 * and said so: pages open without it.
 *
 * @param options.ids of the models
 * @param options.models folder of their files
 * @param options.setting how they are made: by default as pages do
 * @param options.kept folder that masks are kept in from build to build
 * @param options.log is told of what was made, and of what could not be
 */
export async function firstMasks({
  ids,
  models = MODELS_FOLDER,
  setting = USUAL_RUN,
  kept = path.join(ROOT, ".cache/first-masks"),
  log = console.log
}: {
  readonly ids: readonly string[];
  readonly models?: string;
  readonly setting?: PassSetting;
  readonly kept?: string;
  readonly log?: (line: string) => void;
}): Promise<FirstMask[]> {
  await mkdir(kept, {recursive: true});
  const photo = await readFile(path.join(ROOT, "data/samples", FIRST_PHOTO.file));
  const size = await photoSize(photo, FIRST_PHOTO.file);
  const maker = [await programOf(MAKER), await readFile(path.join(ROOT, "package-lock.json"))];
  const masks: FirstMask[] = [];
  for (const model of new Set(ids)) {
    try {
      const weights = await readFile(modelFile(models, model));
      const digest = digestOf([photo, weights, JSON.stringify(setting), ...maker]).slice(0, 16);
      const file = path.join(kept, `${FIRST_PHOTO.id}-${model}-${digest}.png`);
      if (!existsSync(file)) {
        // As a rule it is kept, and the engine need not be loaded.
        const {madeMask} = await import("./made-mask.js");
        await writeWhole(file, await madeMask(weights, photo, setting));
        log(`Made the mask that stands at first where ${model} is used.`);
      }
      masks.push({model, bytes: weights.length, ...size, file});
    } catch (error) {
      log(
        `The mask that stands at first where ${model} is used was not made, and pages open without it: ${error instanceof Error ? error.message : String(error)}`
      );
    }
  }
  const wanted = new Set(masks.map(({file}) => path.basename(file)));
  const others = (await readdir(kept)).filter((name) => !wanted.has(name));
  await Promise.all(others.map((name) => rm(path.join(kept, name))));
  return masks;
}

/** A module with all that it needs, but for packages. */
async function programOf(module: string): Promise<Uint8Array> {
  const {outputFiles} = await build({
    ...{entryPoints: [module], absWorkingDir: ROOT, bundle: true, write: false},
    ...{format: "esm", platform: "node", packages: "external"}
  });
  return outputFiles[0]!.contents;
}

function digestOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(createHash("sha256").update(part).digest());
  return hash.digest("hex");
}
