import {html} from "htl";
import {featureMaps} from "../../../components/maps/feature-maps.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {stageStrip} from "../../../components/network/stage-strip.js";
import type {Stage} from "../../../components/network/stage-strip.js";
import {codeUnder} from "../code-under.js";
import {stagesOf} from "./run.js";
import type {DecoderRuns} from "./run.js";
import type {DecoderLesson} from "./state.js";

const CHANNELS = 24;

/** The decoder's stages in order, one of them channel by channel. */
export function stagesFigure({store}: DecoderLesson): {readonly element: HTMLElement; show(runs: DecoderRuns): void} {
  const strip = stageStrip({label: "Stages of the decoder", onChoose: (stage) => store.set({stage})});
  const title = html`<h4></h4>`;
  const maps = featureMaps({label: "Feature maps of the chosen stage", shown: CHANNELS});
  return {
    element: figureBlock({
      title: "Through the decoder, stage by stage",
      code: codeUnder(store, (codes) => codes.networks.stages),
      body: [strip, html`<div class="stage-detail">${title}${maps}</div>`],
      caption:
        "Each stage as its mean activation over the channels; choose one to see its channels, all on one scale (dark is zero). The skip that is chosen above applies here too."
    }),
    show({result}) {
      const stages = stagesOf(result.plan.network).map((stage): Stage => ({...stage, maps: result.taps[stage.name]!}));
      const chosen = stages.find(({name}) => name === store.get().stage) ?? stages[0]!;
      strip.update(stages, chosen.name);
      const {channels} = chosen.maps;
      title.textContent = `${chosen.title}: ${chosen.name}, ${Math.min(CHANNELS, channels)} of ${channels} channels`;
      maps.update(chosen.maps);
    }
  };
}
