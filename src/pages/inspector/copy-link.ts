import {html} from "htl";

/**
 * A button that copies the address of what is on the screen.
 *
 * @param anchor the part of the page that the link leads to
 */
export function copyLink(anchor: string): HTMLButtonElement {
  const button = html`<button type="button" class="copy-link" onclick=${() => void copy()}>Copy link</button>` as HTMLButtonElement;
  async function copy(): Promise<void> {
    const address = new URL(location.href);
    address.hash = anchor;
    try {
      history.replaceState(history.state, "", address);
      await navigator.clipboard.writeText(address.href);
      button.textContent = "Link copied";
    } catch {
      // No clipboard here: the address bar has it.
      button.textContent = "Link is in the address bar";
    }
    setTimeout(() => (button.textContent = "Copy link"), SHOWN);
  }
  return button;
}

/** Milliseconds that the button says what it did. */
const SHOWN = 2000;
