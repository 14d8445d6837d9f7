import {askFirst} from "../components/photo/ask-first.js";
import {cameraStill} from "../components/photo/camera-still.js";
import {acceptDropsAndPastes, photoPicker} from "../components/photo/photo-picker.js";
import {photoTray} from "../components/photo/photo-tray.js";
import type {TrayPhoto} from "../components/photo/photo-tray.js";
import type {Sample} from "../data/samples/samples.js";
import {openCamera, stillOf} from "../media/camera.js";
import {decodePhoto} from "../media/decode.js";
import type {DecodedPhoto} from "../media/decode.js";
import {smallPhotos} from "../media/small-photos.js";
import {inShort} from "../in-short.js";
import {siteUrl} from "../site.js";
import {elsewhere, fetchPhoto} from "./photo-address.js";
import {OWN, isSamePhoto, keepOwnPhoto, newOwnId, ownPhoto, rememberOpened, rememberPhoto, rememberedPhoto} from "./photo-memory.js";
import type {RememberedPhoto} from "./photo-memory.js";
import {oneOf, text} from "./state.js";
import type {Parameter} from "./state.js";
import {newTurns} from "./turns.js";

/** The part of a page's state table that says which photo it shows. */
export function photoParameters(samples: readonly Sample[]): Readonly<Record<keyof RememberedPhoto, Parameter<string>>> {
  return {
    // Pinned: a link must show the same photo to a reader whose own choice is another.
    sample: {...oneOf("sample", [...samples.map(({id}) => id), OWN], samples[0]!.id), pinned: true, step: true},
    /** Address of a photo elsewhere, instead of a sample. */
    address: {...text("url", ""), step: true},
    /** Which of the reader's own photos, in this browser. */
    own: {...text("own", ""), step: true}
  };
}

/** The choice that a state makes. */
export function photoIn({sample, address, own}: RememberedPhoto): RememberedPhoto {
  return {sample, address, own};
}

/** Why a photo is loaded: the reader picked it, the page opened it, or it stands in for what cannot be had, which is remembered still. */
type Because = "picked" | "opened" | "instead";

export interface PhotoChoice {
  /** The ways to bring a photo. */
  readonly element: HTMLElement;
  /** Opens what the state says. */
  open(choice: RememberedPhoto): void;
  dispose(): void;
}

/**
 * The photo that a page works with: a sample, an image file, a still from the camera, an address, dropped or pasted.
 * What is chosen is remembered for the other pages.
 *
 * @param options.onWanted called with each choice when it begins to load; it overtakes one that is loading still
 * @param options.onPhoto called with each photo that was decoded, and the choice that led to it
 * @param options.onFailed called instead with what stood in the way; the photo before stays, and where there is none a sample follows
 * @param options.onProblem called with what went wrong before anything began to load, as with the camera
 */
export function photoChoice(options: {
  readonly samples: readonly Sample[];
  onWanted(choice: RememberedPhoto): void;
  onPhoto(photo: DecodedPhoto, choice: RememberedPhoto): void;
  onFailed(error: unknown): void;
  onProblem(error: unknown): void;
}): PhotoChoice {
  const {samples, onWanted, onPhoto, onFailed, onProblem} = options;
  const fallback: RememberedPhoto = {sample: samples[0]!.id, address: "", own: ""};
  /** What the reader brought to this page, and so can go back to, whether the browser keeps it or not. */
  const brought: (TrayPhoto & {readonly blob: Blob})[] = [];
  const paintSmall = smallPhotos();
  /** Which of them is open; empty for none. */
  let opened = "";
  /** What was wanted before another was is dropped when it comes. */
  const turns = newTurns();
  let came = false;
  /** Addresses that the reader gave, or agreed to. */
  const asked = new Set<string>();
  /** What is asked of the reader just now. */
  let question: HTMLDialogElement | undefined;

  /** @returns never rejects: what stood in the way is told */
  async function load(decode: () => Promise<DecodedPhoto>, choice: RememberedPhoto, because: Because = "opened"): Promise<void> {
    const isLatest = turns.begin();
    onWanted(choice);
    try {
      const photo = await decode();
      if (!isLatest()) return;
      came = true;
      picker.show(choice.address ? null : choice.sample);
      tray.show(brought, (opened = choice.own));
      if (because === "picked") rememberPhoto(choice);
      else if (because === "opened") rememberOpened(choice, fallback);
      onPhoto(photo, choice);
    } catch (error) {
      if (!isLatest()) return;
      onFailed(error);
      if (!came && !isSamePhoto(choice, fallback)) openInstead();
    }
  }

  const openSample = (sample: string, because?: Because) => void load(() => fetchSample(samples, sample), {...fallback, sample}, because);
  const openInstead = () => openSample(fallback.sample, "instead");
  const openAddress = (address: string) => void load(() => fetchPhoto(address), {...fallback, address});

  /** Opens what an address of this page names: another host is asked only once the reader wants that, and is remembered only then. */
  async function openLinked(address: string): Promise<void> {
    const url = elsewhere(address);
    if (!url || asked.has(address) || rememberedPhoto().address === address) return openAddress(address);
    const isLatest = turns.begin();
    const isWanted = await new Promise<boolean>((resolve) => {
      question = askFirst({host: url.host, address: inShort(url.href, SHOWN), onAnswer: resolve});
      (document.querySelector("main") ?? document.body).append(question);
      question.showModal();
    });
    question?.remove();
    if (!isLatest()) return;
    if (isWanted) askFor(address);
    else openInstead();
  }
  /** Opens an address that the reader gave. */
  function askFor(address: string): void {
    asked.add(address);
    openAddress(address);
  }
  const openBrought = ({id, blob, name}: (typeof brought)[number]) =>
    void load(
      async () => {
        const photo = await decodePhoto(blob, name);
        return (await keepOwnPhoto(id, blob, name)) ? photo : {...photo, notices: [...photo.notices, NOT_KEPT]};
      },
      {sample: OWN, address: "", own: id}
    );

  /** Opens the first of some photos; all of them can be gone through. */
  function bring(photos: readonly {readonly blob: Blob; readonly name: string}[]): void {
    const [first, ...others] = photos.map(({blob, name}) => {
      const paint = (canvas: HTMLCanvasElement) => paintSmall(canvas, blob, name);
      return {blob, name, id: newOwnId(), paint};
    });
    brought.push(first!, ...others);
    const tooMany = brought.length - Math.max(MOST_BROUGHT, photos.length);
    brought.splice(0, Math.max(0, tooMany));
    tray.show(brought, opened);
    openBrought(first!);
  }
  const bringFiles = (files: readonly File[]) => bring(files.map((blob) => ({blob, name: blob.name})));

  async function openOwn(own: string): Promise<void> {
    const here = brought.find(({id}) => id === own);
    if (here) return openBrought(here);
    const isLatest = turns.begin();
    const kept = await ownPhoto(own);
    // Something else may be wanted by now.
    if (!isLatest()) return;
    if (kept) return load(() => decodePhoto(kept.blob, kept.name), {sample: OWN, address: "", own});
    const instead = async () => {
      const photo = await fetchSample(samples, fallback.sample);
      return {
        ...photo,
        notices: [...photo.notices, "The address stands for somebody's own photo, which is not in this browser: this is a sample."]
      };
    };
    return load(instead, fallback, "instead");
  }

  const camera = cameraStill({
    open: openForStill,
    take: stillOf,
    onStill: (still) => bring([{blob: still, name: "webcam.png"}]),
    onError: onProblem
  });
  const picker = photoPicker({
    samples: samples.map(({id, title, file}) => ({id, title, url: siteUrl(`vendor/thumbnails/${file}`)})),
    onFiles: bringFiles,
    onSample: (sample) => openSample(sample, "picked"),
    onAddress: askFor,
    onCamera: () => void camera.start()
  });
  const tray = photoTray({onOpen: (id) => openBrought(brought.find((each) => each.id === id)!)});
  picker.append(tray, camera);
  const stopTaking = acceptDropsAndPastes(bringFiles, askFor);

  return {
    element: picker,
    open({sample, address, own}) {
      question?.remove();
      if (address) void openLinked(address);
      else if (sample === OWN) void openOwn(own);
      else openSample(sample);
    },
    dispose() {
      turns.drop();
      camera.close();
      question?.remove();
      stopTaking();
    }
  };
}

/** So many photos can be gone back to: of a page that is open all day the first are let go, but never of those that came together. */
const MOST_BROUGHT = 200;
/** Letters of an address that the question about it shows. */
const SHOWN = 200;

const NOT_KEPT = "This browser has no room for the photo, or keeps nothing for this site: it is here until you leave this page.";

async function openForStill(): Promise<MediaStream> {
  const {stream} = await openCamera({width: 1280, facing: "environment", instead: "choose an image file"});
  return stream;
}

/** @throws Error with a sentence when it cannot be fetched */
export function fetchSample(samples: readonly Sample[], id: string): Promise<DecodedPhoto> {
  return fetchPhoto(siteUrl(`data/samples/${samples.find((sample) => sample.id === id)!.file}`));
}
