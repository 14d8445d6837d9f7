import {readFile, readdir, writeFile} from "node:fs/promises";
import path from "node:path";
import {promisify} from "node:util";
import {brotliCompress, constants, gzip} from "node:zlib";

/** Photos and weights are as small as they get; a host that compresses by itself does so with these too. */
const COMPRESSIBLE = /\.(?:html|js|css|json|wasm)$/;
/** Below it the answer's headers are the larger part. */
const LEAST_BYTES = 1024;
/** The levels above take ten times as long and save a few per cent. */
const BROTLI = {params: {[constants.BROTLI_PARAM_QUALITY]: 9}};

/** Puts beside each text of a folder the same compressed by Brotli and by gzip, as `.br` and `.gz`, for servers that send them. */
export async function compressTexts(folder: string): Promise<void> {
  const files = (await readdir(folder, {recursive: true})).filter((name) => COMPRESSIBLE.test(name)).map((name) => path.join(folder, name));
  await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file);
      if (text.length < LEAST_BYTES) return;
      const [br, gz] = await Promise.all([promisify(brotliCompress)(text, BROTLI), promisify(gzip)(text, {level: 9})]);
      await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)]);
    })
  );
}
