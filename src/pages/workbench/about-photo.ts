import {html} from "htl";
import type {Sample} from "../../data/samples/samples.js";
import type {Standing} from "../inspector/inspection.js";
import {changesInWords} from "../inspector/perturb/edit-text.js";

/** What photo is shown, with credit. */
export function aboutPhoto(samples: readonly Sample[]): {readonly element: HTMLElement; show(run: Standing): void} {
  const element = html`<p class="about"></p>`;
  return {
    element,
    show({photo: {name, width, height, notices}, edits}) {
      const sample = samples.find(({file}) => file === name);
      const credit =
        sample &&
        html`<span>Photo: “${sample.title}”, ${sample.author}, ${sample.licence}, <a href=${sample.url}>published here</a>, by way of ${sample.source}.</span>`;
      element.replaceChildren(
        ...[
          html`<span><strong>${name}</strong>, ${width} × ${height} pixels.</span>`,
          ...notices.map((notice) => html`<span>${notice}</span>`),
          edits.length > 0 && html`<span>Here it is ${changesInWords(edits)}.</span>`,
          credit
        ]
          .filter((part) => part)
          .flatMap((part) => [part as Node, " "])
      );
    }
  };
}
