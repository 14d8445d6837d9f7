/** The part of htl that the views use; the package has no types of its own. */
declare module "htl" {
  /** An element from a template literal: attributes, event handlers and children are interpolated. */
  export function html(strings: TemplateStringsArray, ...values: unknown[]): HTMLElement;
  /** The same for a part of an SVG drawing. */
  export function svg(strings: TemplateStringsArray, ...values: unknown[]): SVGElement;
}
