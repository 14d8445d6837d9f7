import type {Averaging} from "../engine/averaging.js";
import type {CrfOptions} from "../engine/crf/options.js";
import type {PassSetting} from "../engine/passes.js";
import type {WeightFormat} from "../engine/precision.js";
import type {PhotoPadding} from "../engine/preprocess.js";
import type {BoundaryDistance} from "./boundary.js";

/** How a network is run on each photo, and what is measured. */
export interface Setting extends PassSetting {
  readonly padding: PhotoPadding;
  /** One pass by default. */
  readonly averaging?: Averaging | undefined;
  /** End points in whose place zeros go on; none by default. */
  readonly muted?: readonly string[];
  /**
   * Of the logits only those on the encoder's grid are kept, and enlarged at once: the finest mask that a head without a decoder
   * could draw from them.
   */
  readonly enlargedAtOnce?: boolean | undefined;
  /** What the weights are rounded to; as they are by default. */
  readonly weights?: WeightFormat | undefined;
  /** Measures the labels of a CRF after the network as well. */
  readonly crf?: CrfOptions | undefined;
  /** Measures outlines as well: how far inside them Boundary IoU looks. */
  readonly boundaryDistance?: BoundaryDistance | undefined;
}
