/**
 * Calls `draw` with the width of an element in CSS pixels whenever it changes, from the moment it is on the page. A drawing
 * that is made for its width keeps its text legible on a phone.
 */
export function onWidth(element: HTMLElement, draw: (width: number) => void): void {
  let last = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.round(entry!.contentRect.width);
    if (width === 0 || width === last) return;
    last = width;
    draw(width);
  }).observe(element);
}
