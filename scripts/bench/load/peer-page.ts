/** The peer's page: its first mask, drawn; the marks on `main` are those of our pages. */
import {openLiteRt} from "../page/litert.js";

const SIZE = 257;

async function firstMask(): Promise<void> {
  const [segmenter, photo] = await Promise.all([
    openLiteRt("/model.tflite", "wasm"),
    fetch("/photo.jpg").then(async (answer) => createImageBitmap(await answer.blob(), {resizeWidth: SIZE, resizeHeight: SIZE}))
  ]);
  const canvas = document.querySelector("canvas")!;
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext("2d")!;
  context.drawImage(photo, 0, 0);
  const picture = context.getImageData(0, 0, SIZE, SIZE);
  const labels = await segmenter.segment(picture.data);
  labels.forEach((id, pixel) => id > 0 && picture.data.fill(255, 4 * pixel, 4 * pixel + 1));
  context.putImageData(picture, 0, 0);
  const main = document.querySelector("main")!;
  main.dataset["run"] = "1";
  main.ariaBusy = "false";
}

void firstMask();
