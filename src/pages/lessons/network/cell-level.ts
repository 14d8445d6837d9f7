import {html} from "htl";
import {classScores} from "../../../components/classes/class-scores.js";
import {cellMap} from "../../../components/maps/cell-map.js";
import {cellProducts} from "../../../components/network/cell-products.js";
import type {ZoomLevel} from "../../../components/network/zoom-stage.js";
import type {Cell} from "../../../components/page/pointing.js";
import {readouts} from "../../../components/tables/readouts.js";
import type {Activations} from "../../../engine/activations.js";
import type {Place} from "../../../engine/steps/kind.js";
import {placeScores} from "../../../lab/place-scores.js";
import {readMaps} from "./read-maps.js";
import {channelContent} from "./channel-level.js";
import {differenceText, exact, productsOf, sentenceOf} from "./cell-words.js";
import type {Opened} from "./opened.js";

const MARK = "var(--concept-kernel)";
/** What the sum is taken from and compared with, in this order. */
const NAMES = ["Sum of products", "Bias", "Sum", "After the activation", "The tensor says", "Difference"] as const;

export interface CellLevel extends ZoomLevel {
  /** @param mapOf the mean of an end point's channels, where it is there */
  show(opened: Opened | null, at: Place | null, mapOf: (name: string) => Activations | undefined): void;
}

/**
 * One value, taken apart: what was read, with what it was multiplied, and that the sum is what the tensor holds. Where it is a class's
 * score, the scores of all classes follow, and what softmax makes of them.
 *
 * @param options.onClass called with a class whose score is wanted at the same cell
 */
export function cellLevel({onCell, onClass}: {onCell(cell: Cell): void; onClass(id: number): void}): CellLevel {
  let place: Place | null = null;
  let drawn: {readonly of: Opened["reading"]; readonly channel: number} | null = null;
  const map = cellMap({label: "The channel; arrow keys take another cell apart", onCell, at: () => place, pressed: true});
  const read = readMaps();
  const products = cellProducts({label: "What the value is made of"});
  const sums = readouts(NAMES);
  const scores = classScores({label: "From scores to shares at this cell", chosen: "taken apart", onChoose: onClass});
  const shares = html`<div class="cell-shares" hidden><h4>From scores to shares: softmax at this cell</h4>${scores}</div>` as HTMLElement;
  const title = html`<h4></h4>`;
  const about = html`<p class="look"></p>`;
  const body = html`<div>${title}${about}${products}${sums}</div>` as HTMLElement;

  /** The scores were read with the layer: they are here before the sum is. */
  function showShares({reading: {width, channels, values}, scores: found}: Opened, {row, column, channel}: Place): void {
    shares.hidden = found === null;
    if (!found) return;
    const first = (row * width + column) * channels;
    scores.update(placeScores(found, values.subarray(first, first + channels), channel));
  }
  return {
    element:
      html`<div class="cell-level"><div class="cell-maps"><figure><figcaption>The cell</figcaption>${map}</figure>${read}</div><div>${body}${shares}</div></div>` as HTMLElement,
    show(opened, at, mapOf) {
      place = at;
      if (!opened || !at) return;
      if (drawn?.of !== opened.reading || drawn.channel !== at.channel) map.draw(channelContent(opened, at.channel));
      drawn = {of: opened.reading, channel: at.channel};
      map.mark([{...at, colour: MARK}]);
      title.textContent = `${opened.step.name}, channel ${opened.nameOf(at.channel)}, row ${at.row}, column ${at.column}`;
      showShares(opened, at);
      const making = opened.making;
      const isHere = making !== null && making.at.row === at.row && making.at.column === at.column && making.at.channel === at.channel;
      body.setAttribute("aria-busy", String(!isHere));
      if (!isHere) return;
      const {step, made} = making;
      read.update(making, mapOf);
      const isSum = "joined" in made;
      products.hidden = !isSum;
      sums.update(Object.fromEntries(NAMES.map((name) => [name, "none"])));
      sums.update({"The tensor says": exact(made.value)});
      about.textContent = isSum ? sentenceOf(step, made, at) : "A value of the photo, from −1 to 1: nothing is computed here.";
      if (!isSum) return;
      products.update(productsOf(step, made));
      const {summand, joined, result} = made;
      sums.update({
        "Sum of products": exact(joined - (summand ?? 0)),
        Bias: summand === null ? "none" : exact(summand),
        Sum: exact(joined),
        "After the activation":
          step.activation === "linear" ? `${exact(result)}, none` : `${exact(result)}, ${ACTIVATION_NAMES[step.activation]}`,
        Difference: differenceText(made)
      });
    },
    inner: () => null,
    focus: () => map.querySelector<HTMLElement>(".cell-map-inner")?.focus({preventScroll: true})
  };
}

const ACTIVATION_NAMES = {
  relu: "ReLU",
  relu6: "ReLU6",
  sigmoid: "sigmoid",
  hard_sigmoid: "hard sigmoid",
  hard_swish: "hard swish"
} as const;
