import {frameFeed} from "../../../../src/media/frames.js";
import type {FrameReader} from "../../../../src/media/frames.js";
import type {Size} from "../../../../src/media/live/renderer.js";

export interface Camera {
  /** The newest frame, or the next to come. The taker closes it. */
  take(reader: FrameReader): Promise<VideoFrame>;
  close(): void;
}

/** The camera, at a size that it must have. */
export async function openCamera({width, height}: Size): Promise<Camera> {
  const stream = await navigator.mediaDevices.getUserMedia({video: {width: {exact: width}, height: {exact: height}}});
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = stream;
  // Chromium shows no frames of a video that is nowhere.
  document.body.append(video);
  await video.play();
  const feeds = {gpu: frameFeed(video), cpu: frameFeed(video, {reader: "cpu"})};
  return {
    async take(reader) {
      const taken = await feeds[reader].take();
      if (!(taken?.frame instanceof VideoFrame)) throw new Error("The camera gave no video frame.");
      return taken.frame;
    },
    close() {
      feeds.gpu.stop();
      feeds.cpu.stop();
      video.remove();
      for (const track of stream.getTracks()) track.stop();
    }
  };
}
