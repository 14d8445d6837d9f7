/** Scrolls the page as little as brings into sight what was opened; what is higher than the window stands at its top. */
export function bringIn(opened: Element | null): void {
  // It has its height once the page is laid out anew.
  requestAnimationFrame(() =>
    opened?.scrollIntoView({block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth"})
  );
}
