import {html} from "htl";

/**
 * A dialog with the camera's picture and a button that takes it.
 *
 * @param options.open gives the camera's stream; its tracks are stopped when the dialog closes
 * @param options.take makes a still of the playing video
 */
export function cameraStill(options: {
  open(): Promise<MediaStream>;
  take(video: HTMLVideoElement): Promise<Blob>;
  onStill(still: Blob): void;
  onError(error: unknown): void;
}): HTMLDialogElement & {start(): Promise<void>} {
  const video = html`<video playsinline muted autoplay aria-label="Camera"></video>` as HTMLVideoElement;
  const take = async () => {
    try {
      options.onStill(await options.take(video));
      dialog.close();
    } catch (error) {
      options.onError(error);
    }
  };
  const dialog = html`<dialog class="camera" aria-label="Take a photo">${video}
    <div class="camera-buttons">
      <button type="button" class="primary" onclick=${take}>Take the photo</button>
      <button type="button" onclick=${() => dialog.close()}>Cancel</button>
    </div></dialog>` as HTMLElement as HTMLDialogElement & {start(): Promise<void>};
  dialog.addEventListener("close", () => {
    for (const track of (video.srcObject as MediaStream | null)?.getTracks() ?? []) track.stop();
    video.srcObject = null;
  });
  dialog.start = async () => {
    try {
      video.srcObject = await options.open();
      dialog.showModal();
    } catch (error) {
      options.onError(error);
    }
  };
  return dialog;
}
