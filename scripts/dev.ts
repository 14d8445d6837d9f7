import {ensureDefaultModel} from "./models/ensure.js";
import {framework} from "./site/build.js";

await ensureDefaultModel();
await framework("preview", ...process.argv.slice(2));
