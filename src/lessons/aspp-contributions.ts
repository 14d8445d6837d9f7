import {html} from "htl";
import {figureBlock} from "../components/figure-block.js";
import {readouts} from "../components/readouts.js";
import {signedBars} from "../components/signed-bars.js";
import {signed} from "../components/tap-sum.js";
import {logitsAt} from "../engine/pixel.js";
import type {Lesson} from "../lab/lesson.js";
import {pointOf, toCells} from "../lab/photo-geometry.js";
import type {Segmentation} from "../worker/protocol.js";
import {asppRun, branchOf} from "./aspp-state.js";
import type {AsppTable} from "./aspp-state.js";

/** What a source that is no branch is called, and its colour. */
const OTHERS: Readonly<Record<string, {title: string; colour: string}>> = {
  "decoder/low_level": {title: "low-level skip", colour: "var(--concept-decoder)"},
  constant: {title: "biases and clipped ReLUs", colour: "var(--concept-cost)"}
};

/** What each branch adds to the logits at the chosen point. */
export function contributionsFigure(page: Lesson<AsppTable>): HTMLElement {
  let shown: Segmentation | null = null;
  const first = signedBars({label: "Contributions to the first class"});
  const second = signedBars({label: "Contributions to the second class"});
  const firstName = html`<h4></h4>` as HTMLElement;
  const secondName = html`<h4></h4>` as HTMLElement;
  const sums = readouts(["Sum of contributions", "Logit of the first class", "Logit of the second class"]);

  page.compute({
    on: ["rate1", "rate2", "rate3", "muted", "outputStride", "inputSize"],
    photo: true,
    async work(context) {
      const {engine, photo} = context;
      const {options} = await asppRun(context);
      return engine.segment(photo, {...options, contributions: true});
    },
    show(result) {
      shown = result;
      point();
    }
  });

  function point(): void {
    if (!shown) return;
    const {logits, classes, contributions} = shown;
    const {row, column} = toCells(shown, logits, pointOf(page.store.get(), shown));
    const scores = logitsAt(logits, row, column);
    const [winner, runnerUp] = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!) as [number, number];
    const parts = contributions.map(({source, logits: part}) => ({...(branchOf(source) ?? OTHERS[source]!), values: logitsAt(part, row, column)}));
    const bars = (id: number) => parts.map(({title, colour, values}) => ({name: title, colour, value: values[id]!}));
    const extent = Math.max(...[winner, runnerUp].flatMap((id) => bars(id).map(({value}) => Math.abs(value))));
    firstName.textContent = `Towards ${classes[winner]}`;
    secondName.textContent = `Towards ${classes[runnerUp]}, the runner-up`;
    first.update(bars(winner), extent);
    second.update(bars(runnerUp), extent);
    sums.update({
      "Sum of contributions": signed(bars(winner).reduce((sum, {value}) => sum + value, 0), 3),
      "Logit of the first class": signed(scores[winner]!, 3),
      "Logit of the second class": signed(scores[runnerUp]!, 3)
    });
  }
  page.follow(["x", "y"], point);

  return figureBlock({
    title: "The logits at your point, by source",
    body: [html`<div class="figure-columns"><div>${firstName}${first}</div><div>${secondName}${second}</div></div>`, sums],
    caption:
      "The logits at the point, split by where they come from. Between the branches and the logits only ReLUs are not linear; with each of them held open, closed or clipped as this photo sets it, the rest is a sum, and the parts add up exactly. What the split does not say is how those ReLUs would move without a branch: for that, mute it."
  });
}
