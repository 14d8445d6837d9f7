import type {LayerRow} from "../../../components/network/layer-list.js";
import {boxHeight, boxWidth} from "../../../components/network/diagram-boxes.js";
import {activationBytes} from "../../../engine/cost.js";
import type {Plan} from "../../../engine/plan.js";
import {convolutionOf} from "../../../engine/steps/convolution.js";
import {operation, partColours, shape} from "../../../lab/network-parts.js";
import {bytes, operations} from "../../../lab/quantities.js";

/** Every end point of a plan as a row of the list of layers, in the order in which they are computed. */
export function layerRows(plan: Plan): LayerRow[] {
  const {steps} = plan;
  const colour = partColours(plan);
  const heights = steps.map(({height, width}) => boxHeight(Math.max(height, width)));
  const widths = steps.map(({channels}) => boxWidth(channels));
  const [tallest, widest] = [Math.max(...heights), Math.max(...widths)];
  return steps.map((step, index) => {
    const convolution = convolutionOf(step);
    return {
      name: step.name,
      shape: shape(step),
      facts: [
        ["", operation(step)],
        ...(convolution
          ? ([
              ["stride", String(convolution.stride)],
              ["rate", String(convolution.rate)],
              ["multiply-adds", operations(step.multiplyAdds)]
            ] as const)
          : []),
        ["size", bytes(activationBytes(step))]
      ],
      colour: colour(step.name),
      glyph: {height: heights[index]! / tallest, width: widths[index]! / widest},
      opens: step.height * step.width * step.channels > 0
    };
  });
}
