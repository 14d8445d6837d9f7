import {scrollToPart} from "../../../components/page/scroll-to.js";

/** Scrolls the page as little as brings into sight what was opened; what is higher than the window stands at its top. */
export function bringIn(opened: Element | null): void {
  // It has its height once the page is laid out anew.
  requestAnimationFrame(() => opened && scrollToPart(opened, "nearest"));
}
