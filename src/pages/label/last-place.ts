import {keptAs} from "../../site.js";

/** Where the reader was last at work, in this browser. */
export interface LastPlace {
  readonly project: string;
  readonly photo: string;
}

const KEY = keptAs("deeplab-workbench/labels");

export function lastPlace(): LastPlace {
  try {
    const {project, photo} = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<LastPlace>;
    return {project: String(project ?? ""), photo: String(photo ?? "")};
  } catch {
    return {project: "", photo: ""};
  }
}

/** Remembers a place. A browser that keeps nothing for this site begins with the newest project, which is no error. */
export function rememberPlace(place: LastPlace): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(place));
  } catch {
    // Storage is full or forbidden.
  }
}
