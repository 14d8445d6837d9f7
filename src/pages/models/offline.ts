import {html} from "htl";
import {keepWholeSite, keptSite, removeKeptSite} from "../../lab/offline.js";
import type {KeptSite} from "../../lab/offline.js";
import {megabytes} from "../../lab/quantities.js";

export interface OfflinePanel {
  readonly element: HTMLElement;
  /** Shows how much is kept now. */
  show(kept: KeptSite): void;
}

/** What of the site is kept for visits without a network, and the ways to keep all of it or nothing. @param report what went wrong */
export function offlinePanel(report: (reason: unknown, part: unknown) => void): OfflinePanel {
  const words = html`<p class="quiet" aria-live="polite"></p>` as HTMLElement;
  const take = button("Keep the whole site", () => void attempt(() => keepWholeSite(show)));
  const remove = button("Remove what is kept of it", () => void attempt(removeKeptSite));
  take.disabled = remove.disabled = true;

  function show({files, bytes, ofFiles, ofBytes}: KeptSite): void {
    const isWhole = files === ofFiles && files > 0;
    words.textContent = isWhole
      ? `The whole site is kept, ${megabytes(bytes)}: it needs no network any more.`
      : `${files} of ${ofFiles} files are kept, ${megabytes(bytes)} of ${megabytes(ofBytes)}. What you visit is kept by itself.`;
    take.disabled = isWhole;
    remove.disabled = files === 0;
  }

  async function attempt(work: () => Promise<KeptSite>): Promise<void> {
    report(null, "site");
    take.disabled = true;
    try {
      show(await work());
    } catch (reason) {
      report(reason, "site");
      take.disabled = false;
    }
  }

  // A browser that keeps nothing says so here: nobody asked for it yet.
  keptSite().then(show, ({message}: Error) => (words.textContent = message));
  return {
    element:
      html`<section aria-labelledby="offline"><h2 id="offline">Without a network</h2>${words}<div class="model-actions">${take}${remove}</div></section>` as HTMLElement,
    show
  };
}

function button(text: string, onClick: () => void): HTMLButtonElement {
  return html`<button type="button" onclick=${onClick}>${text}</button>` as HTMLButtonElement;
}
