import {html} from "htl";
import {siteUrl} from "../site.js";
import {keepsProgress, triedAsks, visitedLessons} from "./visited.js";

/** The path of a page as the list of lessons has it, wherever the site is hosted. */
export function pathInSite(href: string): string {
  const name = new URL(href).pathname.slice(new URL(siteUrl("")).pathname.length).replace(/\.html$/, "");
  return `/${name === "index" ? "" : name}`;
}

/** Says which lessons were opened, this one among them: in the header's list, and under the lesson with how many of all they are. */
export function tellProgress(): void {
  const visited = visitedLessons();
  const isOpened = ({href}: HTMLAnchorElement) => visited.has(pathInSite(href));
  for (const link of document.querySelectorAll<HTMLAnchorElement>("#site-lessons a")) {
    if (isOpened(link) && !link.querySelector(".nav-tick"))
      link.append(html`<span class="nav-tick">✓<span class="unseen"> opened</span></span>` as Node);
  }
  const marks = [...document.querySelectorAll<HTMLAnchorElement>(".lesson-progress a")];
  for (const mark of marks) {
    if (isOpened(mark) && !mark.classList.contains("opened")) mark.append(html`<span class="unseen">, opened</span>` as Node);
    mark.classList.toggle("opened", isOpened(mark));
  }
  const words = document.querySelector(".lesson-progress p");
  if (words)
    words.textContent = keepsProgress()
      ? progressInWords(marks.filter(isOpened).length, marks.length, triedAsks().size)
      : "This browser keeps nothing for this site: how far you are is forgotten with each page.";
}

/** How far the reader is. @param tried small actions that were done, of all lessons */
export function progressInWords(opened: number, lessons: number, tried: number): string {
  const done = tried === 0 ? "" : `, and ${tried} ${tried === 1 ? "thing" : "things"} tried`;
  return `${opened} of ${lessons} lessons opened${done}`;
}
