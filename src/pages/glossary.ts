import type {ListedTerm} from "../components/page/glossary-list.js";
import {GLOSSARY, termId} from "../data/glossary.js";
import {LESSONS} from "../data/lessons.js";
import {pageAddress} from "../site.js";

/** The words of the glossary with the addresses of their lessons. */
export function listedTerms(): ListedTerm[] {
  return GLOSSARY.map(({term, text, lesson}) => {
    const [path, section] = lesson.split("#");
    const {name} = LESSONS.find((each) => each.path === path)!;
    return {id: termId(term), term, text, lesson: {name, href: `${pageAddress(path!)}${section ? `#${section}` : ""}`}};
  });
}
