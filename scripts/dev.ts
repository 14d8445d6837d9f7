import {ensureDefaultModel} from "./models/ensure.js";
import {framework} from "./site/build.js";
import {prepareSources} from "./site/prepare.js";

await ensureDefaultModel();
await prepareSources();
await framework("preview", ...process.argv.slice(2));
