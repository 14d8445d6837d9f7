/** Near is what comes into sight within a screen's height of scrolling, either way. */
const MARGIN = "100% 0px";

/**
 * Acts once: as soon as the reader comes near an element, or prints the page. Where the browser cannot tell, at once.
 *
 * @param element need not be on the page yet; one that never is, is never near
 * @param signal ends the waiting
 */
export function whenNear(element: Element, signal: AbortSignal, act: () => void): void {
  if (typeof IntersectionObserver === "undefined") return act();
  const observer = new IntersectionObserver((entries) => entries.some(({isIntersecting}) => isIntersecting) && now(), {rootMargin: MARGIN});
  const stop = () => {
    observer.disconnect();
    removeEventListener("beforeprint", now);
  };
  const now = () => {
    stop();
    act();
  };
  observer.observe(element);
  addEventListener("beforeprint", now);
  signal.addEventListener("abort", stop);
}
