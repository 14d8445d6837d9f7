/** Why a camera did not open, by the name of the browser's exception. */
const REASONS: Readonly<Record<string, string>> = {
  NotAllowedError: "The camera was not allowed. Allow it beside the page's address and try again, or choose an image file.",
  NotFoundError: "There is no camera here. Choose an image file instead.",
  NotReadableError: "The camera is in use by another program. Close that and try again, or choose an image file.",
  OverconstrainedError: "The camera cannot give such a picture. Choose an image file instead."
};

/**
 * Opens the reader's camera. The caller stops its tracks.
 *
 * @throws Error with a sentence when there is no camera, it is not allowed or something else has it
 */
export async function openCamera(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new Error("This page may not use a camera: the site must be opened over https. Choose an image file instead.");
  }
  try {
    return await navigator.mediaDevices.getUserMedia({video: {width: {ideal: 1280}, facingMode: "environment"}});
  } catch (error) {
    const {name, message} = error as DOMException;
    throw new Error(REASONS[name] ?? `The camera did not open (${message || name}). Choose an image file instead.`, {cause: error});
  }
}

/** The picture that a playing video shows, as a PNG. */
export async function stillOf(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")!.drawImage(video, 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The camera has shown no picture yet. Try again in a moment."))), "image/png")
  );
}
