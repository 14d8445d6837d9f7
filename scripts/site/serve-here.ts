/** Serves the folder that it lies in: a built site, on a stick or wherever it was copied to. */
import {serve} from "./serve.js";

const PORT = 8000;

const port = Number(process.argv[2] ?? PORT);
try {
  const {url} = await serve({folder: import.meta.dirname, port});
  console.log(`DeepLab workbench: ${url}/\nPress Ctrl+C to stop.`);
} catch (error) {
  console.error(`Port ${port} cannot be served on: ${(error as Error).message}. Name another: node serve.mjs 8001`);
  process.exitCode = 1;
}
