import {checkUp, maskPictureOf} from "../../datasets/check-up.js";
import type {LabelledPhoto, Split} from "../../datasets/dataset.js";
import type {Expected} from "../../datasets/finding.js";
import {tfRecordFiles, vocFiles} from "../../datasets/write.js";
import {decodePixels, photoSize} from "../../media/decode-pixels.js";
import {zipOf} from "../../media/zip.js";
import type {CheckedSplit, DatasetChoice, DatasetFacts, SeenPhoto, SplitChoice, WriteChoice} from "../dataset-messages.js";
import type {Progress} from "../protocol.js";
import {openedDatasets, photoAt} from "./opened.js";

/** What the host answers of data sets; its methods are as the host's. */
export interface DatasetAnswers {
  open(choice: DatasetChoice): Promise<DatasetFacts>;
  check(choice: SplitChoice, expected: Expected, signal: AbortSignal): Promise<CheckedSplit>;
  /** A photo of a list by its place. @throws Error with a sentence for the reader where there is none */
  photo(choice: SplitChoice, place: number): Promise<LabelledPhoto>;
  /** A list of photos, none opened. */
  list(choice: SplitChoice): Promise<Split>;
  see(choice: SplitChoice, place: number): Promise<SeenPhoto>;
  write(choice: DatasetChoice, how: WriteChoice, signal: AbortSignal): Promise<Blob>;
}

/** @param onProgress called after each photo */
export function datasetAnswers(onProgress: (progress: Progress) => void): DatasetAnswers {
  const opened = openedDatasets();
  const photo = async (choice: SplitChoice, place: number) => photoAt(await opened.split(choice), place);
  return {
    photo,
    list: (choice) => opened.split(choice),

    async open(choice) {
      const {layout, splits, classes, colours} = await opened.dataset(choice);
      return {layout, splits, classes, colours};
    },

    async check(choice, expected, signal) {
      const [dataset, split] = await Promise.all([opened.dataset(choice), opened.split(choice)]);
      const {length} = split.items;
      let done = 0;
      const onPhoto = () => {
        done++;
        const detail = `${done} of ${length} photos`;
        onProgress({stage: "data", fraction: done / length, message: "Looking at every photo and mask", detail});
      };
      const found = await checkUp(dataset, split, expected, {photoSize, onPhoto, withOthers: true, signal});
      return {...found, ids: split.items.map(({id}) => id)};
    },

    async see(choice, place) {
      const item = await photo(choice, place);
      const {width, height, values} = await decodePixels(await item.photo.bytes(), item.photo.name);
      return {photo: {width, height, rgba: values}, mask: await maskPictureOf(item)};
    },

    async write(choice, {layout, ...look}, signal) {
      const dataset = await opened.dataset(choice);
      const splits = await Promise.all(dataset.splits.map((name) => dataset.read(name)));
      const files = layout === "voc" ? vocFiles(splits, look) : tfRecordFiles(splits, {shards: 1, photoSize});
      const written: {name: string; content: Blob}[] = [];
      for await (const {path, bytes} of files) {
        signal.throwIfAborted();
        written.push({name: path, content: new Blob([bytes as BlobPart])});
        onProgress({stage: "data", fraction: null, message: "Writing the data set", detail: `${written.length} files`});
      }
      return zipOf(written);
    }
  };
}
