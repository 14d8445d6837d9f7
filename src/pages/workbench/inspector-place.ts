import {html} from "htl";
import {ANCHOR} from "../../lab/way-in.js";
import type {Inspector, InspectorOptions} from "../inspector/inspector.js";
import type {Standing} from "../inspector/inspection.js";
import type {Later} from "./later.js";

/**
 * The inspector: it comes after the first mask, before which it has nothing to show, or with the page where the address leads to it. The
 * page is busy meanwhile.
 */
export function inspectorPlace({later, ...options}: Omit<InspectorOptions, "hint"> & {readonly later: Later}): Inspector {
  const hint = html`<p class="hint">The photo appears here with the first result.</p>` as HTMLElement;
  const again = html`<button type="button" hidden onclick=${() => (opening ??= open())}>Try again</button>` as HTMLElement;
  const element = html`<div>
    <section class="inspector" id=${ANCHOR} aria-labelledby="look-inside-title"><h2 id="look-inside-title">Look inside</h2>${hint}${again}</section>
  </div>` as HTMLElement;
  const task = options.shell.busy.task();
  let made: Inspector | null = null;
  let standing: Standing | null = null;

  /** @returns never rejects */
  async function open(): Promise<void> {
    task.begin();
    again.hidden = true;
    try {
      const {inspector} = await later();
      if (options.shell.isLeft()) return;
      made = inspector({...options, hint});
      element.replaceChildren(made.element);
      if (standing) made.show(standing);
      options.report(null, "inspector");
    } catch (reason) {
      hint.textContent = reason instanceof Error ? reason.message : String(reason);
      again.hidden = false;
      // The next result tries again, too.
      opening = null;
      options.report(reason, "inspector");
    } finally {
      task.end();
    }
  }
  let opening: Promise<void> | null = null;
  if (location.hash === `#${ANCHOR}`) opening = open();

  return {
    element,
    show(next) {
      standing = next;
      if (made) made.show(next);
      else opening ??= open();
    },
    choose: (point) => void opening?.then(() => made?.choose(point)),
    dispose: () => made?.dispose()
  };
}
