import {siteUrl} from "../site.js";

/** Loads the stylesheet of formulas, whose fonts lie beside it, once a page. */
export function loadFormulaStyle(): void {
  const href = siteUrl("vendor/katex/katex.min.css");
  if (document.querySelector(`link[href="${href}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}
