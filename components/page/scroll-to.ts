/** Scrolls the page to a part of it: smoothly, where motion is welcome. @param block where the part comes to stand */
export function scrollToPart(part: Element, block: "start" | "nearest"): void {
  part.scrollIntoView({block, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth"});
}
