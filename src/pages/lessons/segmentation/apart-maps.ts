import {channelOf} from "../../../components/maps/feature-maps.js";
import {apartTiles} from "../../../components/maps/apart-tiles.js";
import type {ApartColumn, ApartTiles} from "../../../components/maps/apart-tiles.js";
import {extentOf, sequential} from "../../../components/maps/colour-maps.js";
import {colourValues} from "../../../components/maps/colour-values.js";
import type {Activations} from "../../../engine/activations.js";
import type {Plan} from "../../../engine/plan.js";
import {channelStatistics} from "../../../engine/readings/channel-statistics.js";
import {findStep} from "../../../engine/step-list.js";
import {mapRect} from "../../../lab/photo-geometry.js";
import {rgbaCanvas} from "../../../media/rgba-canvas.js";
import type {Segmentation} from "../../../worker/protocol.js";

/** What leaves the backbone's last unit at one size of its maps. */
export interface ApartStage {
  readonly name: string;
  /** Pixels of the input for a cell. */
  readonly stride: number;
}

/** The outputs of the last units at each size, from large to small. */
export function stagesOf({steps, units, inputHeight}: Pick<Plan, "steps" | "units" | "inputHeight">): ApartStage[] {
  const outputs = units.map(({endPoint}) => findStep(steps, endPoint));
  const lasts = new Map(outputs.map(({height, name}) => [height, name]));
  return [...lasts].map(([height, name]) => ({name, stride: Math.round((inputHeight - 1) / Math.max(1, height - 1))}));
}

/**
 * A photo that is taken apart: maps of the network at each of its sizes, and the scores of the classes that lead. As many stand below each
 * other as beside each other, so that each has the photo's shape.
 */
export function takenApart(result: Segmentation, taps: Segmentation["taps"]): ApartTiles {
  const {width, height, logits} = result;
  const stages = stagesOf(result.plan);
  const rows = stages.length + 1;
  const scores: Activations = {...logits, channels: logits.classes};
  const column = (title: string, maps: Activations, channels: readonly number[]): ApartColumn => ({
    title,
    paints: channels.slice(0, rows).map((channel) => mapOf(result, maps, channel))
  });
  const columns = [
    ...stages.map(({name, stride}) => column(`1/${stride} size`, taps[name]!, clearest(taps[name]!))),
    column("class scores", scores, leading(scores))
  ];
  return apartTiles({
    label: `The photo in maps of the network, from left to right: ${columns.map(({title}) => title).join(", ")}. In the round window its mask.`,
    width,
    height,
    columns
  });
}

/** The channels, those first that say much the same of cells that touch, and so show something of the photo to the eye. */
export function clearest(maps: Activations): number[] {
  const {width, channels, values} = maps;
  const {variance} = channelStatistics(maps);
  const rough = new Float64Array(channels);
  for (let i = channels; i < values.length; i++) {
    const isFirstOfRow = Math.floor(i / channels) % width === 0;
    if (!isFirstOfRow) rough[i % channels]! += (values[i]! - values[i - channels]!) ** 2;
  }
  // A channel that says the same everywhere shows nothing.
  const roughness = (channel: number) => (variance[channel]! > 0 ? rough[channel]! / variance[channel]! : Infinity);
  return [...rough.keys()].sort((a, b) => roughness(a) - roughness(b));
}

/** The channels, those first with the highest values. */
function leading(maps: Activations): number[] {
  const {high} = channelStatistics(maps);
  return [...high.keys()].sort((a, b) => high[b]! - high[a]!);
}

/** A channel where it lies over the photo, cell by cell. */
function mapOf(result: Segmentation, maps: Activations, channel: number): (context: CanvasRenderingContext2D) => void {
  const values = channelOf(maps, channel);
  return (context) => {
    const canvas = rgbaCanvas(colourValues(values, sequential(...extentOf(values))), maps);
    const {left, top, width, height} = mapRect(result, maps);
    context.imageSmoothingEnabled = false;
    context.drawImage(canvas, left, top, width, height);
  };
}
