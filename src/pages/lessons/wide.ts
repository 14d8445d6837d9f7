/** Lets a control of a figure take the whole width. */
export function wide(element: HTMLElement): HTMLElement {
  element.classList.add("wide");
  return element;
}
