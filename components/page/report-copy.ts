import {html} from "htl";

/**
 * A button that copies what a report of a fault needs, and shows what it copied.
 *
 * @param report gathers it
 */
export function reportCopy(report: () => Promise<string>): HTMLElement {
  const said = html`<span aria-live="polite"></span>` as HTMLElement;
  const text = html`<pre class="report-text" tabindex="0" role="group" aria-label="What was copied" hidden></pre>` as HTMLElement;
  const button = html`<button type="button" onclick=${() => void copy()}>Copy a report of this page</button>` as HTMLElement;

  async function copy(): Promise<void> {
    const written = report().catch((reason: unknown) => (reason instanceof Error ? reason.message : String(reason)));
    said.textContent = "Gathering …";
    const isCopied = await toClipboard(written);
    text.textContent = await written;
    text.hidden = false;
    said.textContent = isCopied
      ? "Copied, as it stands here: nothing of your photo is in it."
      : "The browser let nothing be copied: select it here. Nothing of your photo is in it.";
  }
  return html`<div class="report-copy">${button} ${said}${text}</div>` as HTMLElement;
}

/** Copies text that is still being written: a browser allows it only right after the click. @returns whether it could be */
async function toClipboard(text: Promise<string>): Promise<boolean> {
  try {
    const blob = text.then((written) => new Blob([written], {type: "text/plain"}));
    await navigator.clipboard.write([new ClipboardItem({"text/plain": blob})]);
    return true;
  } catch {
    return false;
  }
}
