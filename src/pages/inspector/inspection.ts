import type {PictureFigure, Point} from "../../components/photo/picture-figure.js";
import type {Edit} from "../../engine/photo-edits/edit.js";
import type {DecodedPhoto} from "../../media/decode.js";
import type {LabelImage} from "../../formats/label-colours.js";
import type {Refinement, RunChoice, Segmentation} from "../../worker/protocol.js";
import type {Work} from "../../lab/page-shell.js";
import type {EngineClient} from "../../lab/engine-client.js";
import type {ListedModel} from "../../lab/model-list.js";
import type {StateOf, Store} from "../../lab/state.js";
import type {WorkbenchTable} from "../workbench/state.js";
import type {Stroke} from "../../components/photo/picture-figure.js";
import type {Cursor} from "./cursor.js";

export type InspectorState = StateOf<WorkbenchTable>;

/** A run whose result stands on the page. */
export interface Standing {
  /** The photo as the network got it, changes included. */
  readonly photo: DecodedPhoto;
  /** The photo before the reader's changes; the same one where there are none. */
  readonly original: DecodedPhoto;
  /** What was changed. */
  readonly edits: readonly Edit[];
  /** Id of the model. */
  readonly model: string;
  readonly run: RunChoice;
  /** A single pass, and what others were averaged with it. */
  readonly result: Segmentation;
  /** What a CRF made of it, where one was asked for. The inspector looks into the network, which ends before that. */
  readonly refinement: Refinement | null;
  /** The mask that the workbench shows: the CRF's, or the mean of several passes, where those were asked for. */
  readonly mask: LabelImage;
}

/** What a panel's work is given. */
export interface InspectionContext extends Work {
  readonly state: InspectorState;
  readonly standing: Standing;
}

/** What the inspector gives its panels. */
export interface Inspection {
  readonly store: Store<WorkbenchTable>;
  readonly engine: EngineClient;
  readonly models: readonly ListedModel[];
  readonly cursor: Cursor;
  /** The inspector's picture of the photo, beside every panel. */
  readonly picture: PictureFigure;
  /** The run that stands; null before there is one. */
  standing(): Standing | null;
  /** Calls `show` with each run that comes to stand, and when the panel is opened, if there is one. */
  onStanding(show: (standing: Standing) => void): void;
  /** Calls `show` now and after every change of one of the named values. */
  follow(names: readonly (keyof InspectorState)[], show: (state: InspectorState) => void): void;
  /**
   * Computes for each run that comes to stand and after every change of a named value, but only while the panel is open;
   * the latest wins, and what stands stays until the new result does.
   *
   * @param options.wanted whether there is anything to compute in a state; where not, `clear` is called
   */
  compute<R>(options: {
    readonly on: readonly (keyof InspectorState)[];
    wanted?(state: InspectorState): boolean;
    work(context: InspectionContext): Promise<R>;
    show(result: R, context: InspectionContext): void;
    clear?(): void;
  }): void;
  /** Paints the photo with its mask over it, as a panel does that paints nothing itself. */
  paintMask(context: CanvasRenderingContext2D, standing: Standing): void;
  /** Draws the picture and its marks anew. */
  redraw(): void;
  /** Shows what went wrong with a part of the page, or for null takes it back. */
  report(reason: unknown, part: string): void;
}

/** One panel of the inspector. */
export interface Panel {
  /** Stands under the picture. */
  readonly side?: HTMLElement;
  /** Stands beside the picture. */
  readonly element: HTMLElement;
  /** Paints the picture, on a canvas of the photo's size; by default the photo with its mask over it. */
  paint?(context: CanvasRenderingContext2D, standing: Standing): void;
  /** Shapes over the picture, in pixels of the photo. */
  marks?(standing: Standing): readonly SVGElement[];
  /** Called with each point of the photo that is chosen, after it went into the state. */
  onChoose?(point: Point): void;
  /** Lets the reader draw on the picture; a pressed pointer then chooses nothing. */
  onStroke?(stroke: Stroke, point: Point): void;
  /** Lets go of what it holds besides elements. */
  dispose?(): void;
}

/** Makes a panel. */
export type PanelMaker = (inspection: Inspection) => Panel;
