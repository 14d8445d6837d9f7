import {contributionPair} from "../../../components/charts/contribution-pair.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import {logitsAt} from "../../../engine/labels/pixel.js";
import type {Lesson} from "../../../lab/lesson.js";
import {pairedParts} from "../../../lab/paired-parts.js";
import {pointOf, toCells} from "../../../lab/photo-geometry.js";
import type {Contribution} from "../../../worker/inspections/contributions.js";
import type {Segmentation} from "../../../worker/protocol.js";
import {codeUnder} from "../code-under.js";
import {asppRun} from "./state.js";
import type {AsppTable} from "./state.js";

/** What each branch adds to the logits at the chosen point. */
export function contributionsFigure(page: Lesson<AsppTable>): HTMLElement {
  let shown: {readonly result: Segmentation; readonly parts: readonly Contribution[]} | null = null;
  const pair = contributionPair();

  page.compute({
    on: ["rate1", "rate2", "rate3", "muted", "outputStride", "inputSize"],
    photo: true,
    async work(context) {
      const {engine, photo} = context;
      const {options, muted} = await asppRun(context);
      const result = await engine.segment(photo, options);
      context.checkWanted();
      return {result, parts: await engine.inspect(photo, options, "contributions", {muted})};
    },
    show(result) {
      shown = result;
      point();
    }
  });

  function point(): void {
    if (!shown) return;
    const {result, parts} = shown;
    const {row, column} = toCells(result, result.logits, pointOf(page.store.get(), result));
    const scores = logitsAt(result.logits, row, column);
    const [winner, runnerUp] = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!) as [number, number];
    pair.update({
      first: {title: `Towards ${result.classes[winner]}`, logit: scores[winner]!},
      second: {title: `Towards ${result.classes[runnerUp]}, the runner-up`, logit: scores[runnerUp]!},
      parts: pairedParts(result.plan, parts, {row, column}, winner, runnerUp)
    });
  }
  page.follow(["x", "y"], point);

  return figureBlock({
    title: "The logits at your point, by source",
    code: codeUnder(page.store, (codes) => codes.networks.contributions),
    body: pair,
    caption:
      "The logits at the point, split by where they come from; the parts add up exactly. What the split does not say is how the ReLUs would move without a branch: for that, mute it."
  });
}
