export interface CameraWish {
  /** Which camera; any by default. */
  readonly deviceId?: string;
  /** Width in pixels that would be best. */
  readonly width: number;
  /** Which side of a phone is better, where there are two. */
  readonly facing: "user" | "environment";
  /** What the reader can do without a camera: ends a sentence like "..., or choose an image file." */
  readonly instead: string;
}

/** A camera as the reader chooses it. */
export interface ListedCamera {
  readonly deviceId: string;
  readonly label: string;
}

/**
 * Opens the reader's camera. The caller stops its tracks. Where the wished one cannot be had, any other is opened, and
 * the notice says so.
 *
 * @throws Error with a sentence when there is no camera, it is not allowed or something else has it
 */
export async function openCamera(wish: CameraWish): Promise<{stream: MediaStream; notice: string | null}> {
  const {deviceId, width, facing, instead} = wish;
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new Error(`This page may not use a camera: the site must be opened over https. You can ${instead}.`);
  }
  try {
    const which = deviceId ? {deviceId: {exact: deviceId}} : {facingMode: facing};
    return {stream: await navigator.mediaDevices.getUserMedia({video: {width: {ideal: width}, ...which}}), notice: null};
  } catch (error) {
    if ((error as DOMException).name !== "OverconstrainedError") throw sentence(error, instead);
  }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({video: true});
    return {
      stream,
      notice: `The camera that was asked for is not there or cannot give such a picture: this is ${stream.getVideoTracks()[0]?.label || "another one"}, as it comes.`
    };
  } catch (error) {
    throw sentence(error, instead);
  }
}

/** The cameras of this machine; their names are told only once one was allowed. */
export async function listCameras(): Promise<ListedCamera[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.().catch(() => [])) ?? [];
  return devices
    .filter(({kind, deviceId}) => kind === "videoinput" && deviceId !== "")
    .map(({deviceId, label}, index) => ({deviceId, label: label || `Camera ${index + 1}`}));
}

/** Why a camera did not open, for the reader. */
function sentence(error: unknown, instead: string): Error {
  const {name, message} = error as DOMException;
  const reasons: Readonly<Record<string, string>> = {
    NotAllowedError: `The camera was not allowed. Allow it beside the page's address and try again, or ${instead}.`,
    NotFoundError: `There is no camera here. Connect one and try again, or ${instead}.`,
    NotReadableError: `The camera is in use by another program. Close that and try again, or ${instead}.`,
    OverconstrainedError: `The camera cannot give such a picture. Try another camera, or ${instead}.`
  };
  return new Error(reasons[name] ?? `The camera did not open (${message || name}). Try again, or ${instead}.`, {cause: error});
}

/** The picture that a playing video shows, as a PNG. */
export async function stillOf(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")!.drawImage(video, 0, 0);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The camera has shown no picture yet. Try again in a moment."))),
      "image/png"
    )
  );
}
