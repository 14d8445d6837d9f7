import {html} from "htl";
import type {LessonEntry} from "../../../data/lessons.js";
import {pageAddress} from "../../../site.js";
import {readouts} from "../../../components/tables/readouts.js";
import {cost} from "../../../engine/cost.js";
import {convolutionOf} from "../../../engine/steps/convolution.js";
import type {Plan, Step} from "../../../engine/plan.js";
import {receptiveField} from "../../../engine/receptive-field.js";
import {operation, shape} from "../../../lab/network-parts.js";
import {percent} from "../../../components/classes/class-legend.js";
import {lessonsAbout} from "../../../lab/lessons-about.js";
import {field, operations, whole} from "../../../lab/quantities.js";

/** What a layer is, from the plan; and the lessons about it. @param more what stands beside those */
export function layerFacts(lessons: readonly LessonEntry[], more: Node): HTMLElement & {update(plan: Plan, step: Step): void} {
  const title = html`<h4></h4>`;
  const facts = readouts([
    "Layer shape",
    "Kernel",
    "Stride",
    "Rate",
    "Layer parameters",
    "Layer multiply-adds",
    "Share of multiply-adds",
    "Receptive field"
  ]);
  const about = html`<span></span>`;
  const panel =
    html`<div class="layer-facts" role="group" aria-label="The chosen layer">${title}${facts}<p class="layer-links">${about}${more}</p></div>` as HTMLElement & {
      update(plan: Plan, step: Step): void;
    };
  panel.update = (plan, step) => {
    title.textContent = `${step.name}: ${operation(step)}`;
    const has = convolutionOf(step);
    facts.update({
      "Layer shape": shape(step),
      Kernel: has ? has.kernel.join(" × ") : "none",
      Stride: has ? String(has.stride) : "none",
      Rate: has ? String(has.rate) : "none",
      "Layer parameters": whole(step.parameters),
      "Layer multiply-adds": operations(step.multiplyAdds),
      "Share of multiply-adds": percent(step.multiplyAdds / cost(plan).multiplyAdds),
      "Receptive field": field(receptiveField(plan.steps, step.name).extent)
    });
    const found = lessonsAbout(plan)([step]).flatMap((path) => lessons.find((lesson) => lesson.path === path) ?? []);
    about.replaceChildren(
      ...(found.length > 0
        ? [
            "Lessons about it: ",
            ...found.flatMap(({path, name}, index) => [index > 0 ? ", " : "", html`<a href=${pageAddress(path)}>${name}</a>` as Node]),
            ". "
          ]
        : [])
    );
  };
  return panel;
}
