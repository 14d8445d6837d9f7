/** Serves the built site as it is, on the port given: for tests. */
import {DIST} from "./site/root.js";
import {serve} from "./site/serve.js";

const {url} = await serve({folder: DIST, port: Number(process.argv[2])});
console.log(url);
