/** What comes to the workbench with one request after its first mask. */
export {inspector} from "../inspector/inspector.js";
export {EXPORT_FILES, viewPng} from "./export-files.js";
export {zipOfMasks} from "./zip-of-masks.js";
