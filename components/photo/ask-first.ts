import {html} from "htl";

/**
 * A dialog that asks whether a photo of another host may be fetched, before anything is. To put it away is to say no, and so is Enter.
 *
 * @param options.host that would be asked
 * @param options.address of the photo there, as it is shown
 * @param options.onAnswer called once
 */
export function askFirst(options: {readonly host: string; readonly address: string; onAnswer(isWanted: boolean): void}): HTMLDialogElement {
  const {host, address, onAnswer} = options;
  let isWanted = false;
  const answer = (wanted: boolean) => () => {
    isWanted = wanted;
    dialog.close();
  };
  const dialog = html`<dialog class="ask-first" aria-labelledby="ask-first">
    <h2 id="ask-first">Fetch a photo from ${host}?</h2>
    <p>This link asks for a photo that is not on this site: <span class="ask-first-address">${address}</span></p>
    <p>To fetch it tells ${host} your network address, and that this site asks. What you open here is sent to nobody.</p>
    <div class="ask-first-buttons">
      <button type="button" class="primary" onclick=${answer(true)}>Fetch it</button>
      <button type="button" autofocus onclick=${answer(false)}>Show a sample instead</button>
    </div></dialog>` as HTMLElement as HTMLDialogElement;
  dialog.addEventListener("close", () => onAnswer(isWanted), {once: true});
  return dialog;
}
