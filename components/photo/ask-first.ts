import {html} from "htl";

/** How much of a long address is shown. */
const SHOWN = 200;

/**
 * A dialog that asks whether a photo of another host may be fetched, before anything is. To put it away is to say no, and so is Enter.
 *
 * @param options.onAnswer called once
 */
export function askFirst({url, onAnswer}: {readonly url: URL; onAnswer(isWanted: boolean): void}): HTMLDialogElement {
  let isWanted = false;
  const answer = (wanted: boolean) => () => {
    isWanted = wanted;
    dialog.close();
  };
  const shown = url.href.length <= SHOWN ? url.href : `${url.href.slice(0, SHOWN)}…`;
  const dialog = html`<dialog class="ask-first" aria-labelledby="ask-first">
    <h2 id="ask-first">Fetch a photo from ${url.host}?</h2>
    <p>This link asks for a photo that is not on this site: <span class="ask-first-address">${shown}</span></p>
    <p>To fetch it tells ${url.host} your network address, and that this site asks. What you open here is sent to nobody.</p>
    <div class="ask-first-buttons">
      <button type="button" class="primary" onclick=${answer(true)}>Fetch it</button>
      <button type="button" autofocus onclick=${answer(false)}>Show a sample instead</button>
    </div></dialog>` as HTMLElement as HTMLDialogElement;
  dialog.addEventListener("close", () => onAnswer(isWanted), {once: true});
  return dialog;
}
