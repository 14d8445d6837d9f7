import {contributionPair} from "../../../components/charts/contribution-pair.js";
import {figureBlock} from "../../../components/page/figure-block.js";
import type {Contribution} from "../../../worker/inspections/contributions.js";
import {pairedParts} from "../../../lab/paired-parts.js";
import {pointOf, toCells} from "../../../lab/photo-geometry.js";
import {askedClass, scoresAt} from "../asked-class.js";
import type {Inspection, Standing} from "../inspection.js";

/** What each branch and the skip add to the logit of the class that is asked about, and to its strongest rival's. */
export function sourcesFigure(inspection: Inspection): HTMLElement {
  const {store} = inspection;
  const pair = contributionPair();
  let known: {readonly of: Standing; readonly parts: readonly Contribution[]} | null = null;

  inspection.compute({
    on: [],
    work: ({engine, standing: {photo, run}}) => engine.inspect(photo, run, "contributions", {}),
    show(parts, {standing}) {
      known = {of: standing, parts};
      draw();
    }
  });

  function draw(): void {
    const state = store.get();
    if (!known || known.of !== inspection.standing() || state.x < 0 || state.y < 0) return;
    const {result} = known.of;
    const scores = scoresAt(state, result);
    const first = askedClass(state, result).id;
    const [second] = [...scores.keys()].filter((id) => id !== first).sort((a, b) => scores[b]! - scores[a]!) as [number];
    const place = (id: number) =>
      scores.every((score) => score <= scores[id]!) ? "the winner" : id === second ? "its strongest rival" : "asked about";
    pair.update({
      first: {title: `Towards ${result.classes[first]}, ${place(first)}`, logit: scores[first]!},
      second: {
        title: `Towards ${result.classes[second]}, ${scores[second]! > scores[first]! ? "the winner" : "the runner-up"}`,
        logit: scores[second]!
      },
      parts: pairedParts(result.plan, known.parts, toCells(result, result.logits, pointOf(state, result)), first, second)
    });
  }
  inspection.follow(["x", "y", "about"], draw);

  return figureBlock({
    title: "Which part of the network said so",
    body: pair,
    caption:
      "The logits split by where they come from; the sum over the parts, the biases among them, meets the logit beside it. Look for a branch that pulls for one class and against the other: that is where the choice was made. Each ReLU is held as this photo sets it, so the split does not say what would happen without a branch."
  });
}
