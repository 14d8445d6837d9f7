import {buildSite} from "./site/build.js";

await buildSite();
