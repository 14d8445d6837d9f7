import {percent} from "../../../components/classes/class-legend.js";
import {lossInWords} from "../../../components/charts/rate-curve.js";
import type {Sample} from "../../../data/samples/samples.js";
import {lesson} from "../../../lab/lesson.js";
import {STEPS, branchesFigure, titleOfWorthMost} from "./branches.js";
import type {Course} from "./branches.js";
import {descentFigure, followers} from "./descent.js";
import type {Lectured} from "./descent.js";
import {normsFigure} from "./norms.js";
import type {Norms} from "./norms.js";
import {withOthers} from "./other-photos.js";
import {sizesFigure} from "./sizes.js";
import type {Sizes} from "./sizes.js";
import {BATCHES, LEARNING_TABLE, MOMENTS, POOLING, RATES} from "./state.js";

/** The page about how the network learns. */
export function learningLesson({main, samples}: {readonly main: HTMLElement; readonly samples: readonly Sample[]}) {
  const page = lesson({main, table: LEARNING_TABLE, samples});
  const photosOf = withOthers(samples);
  let lectured: Lectured | null = null;
  let sizes: Sizes | null = null;
  let norms: Norms | null = null;
  let course: Course | null = null;
  const descent = descentFigure(page, (found) => {
    lectured = found;
    attempts.refresh();
  });
  const label = sizesFigure(page, (found) => {
    sizes = found;
    attempts.refresh();
  });
  const norm = normsFigure(page, photosOf, (found) => {
    norms = found;
    attempts.refresh();
  });
  const branches = branchesFigure(page, photosOf, (found) => {
    course = found;
    attempts.refresh();
  });

  const attempts = page.tryThis([
    {
      ask: "Find the rate at which the taught pixels follow and the fewest others change with them.",
      answer({rate}) {
        const following = lectured ? followers(lectured, rate) : 0;
        return lectured && following > 0.9
          ? `With ${RATES[rate]!} ${percent(following)} of them follow, at a loss of ${lossInWords(lectured.found.after[rate]!.loss)}.`
          : null;
      }
    },
    {
      ask: "Move the chair with the arrow keys until small labels lose half of it or more.",
      answer() {
        if (!sizes || sizes.kept > sizes.pixels / 2) return null;
        const [full, small] = [sizes.ways.enlarged, sizes.ways.shrunk].map(({overlap}) => percent(overlap.at(-1)!));
        return `Of ${sizes.pixels} pixels they call ${sizes.kept} a chair. After ${MOMENTS.at(-1)!} steps the chair's IoU is ${small}; with logits enlarged it is ${full}.`;
      }
    },
    {
      ask: "Look at image pooling's deviations in a batch of one.",
      answer: ({norm: layer, measure}) =>
        norms && layer === POOLING && measure === "spreads"
          ? `All zero: one value a channel has no spread. In batches of one ${percent(norms.changed[BATCHES.indexOf(1)]!)} of the mask changes.`
          : null
    },
    {
      ask: "Let ASPP learn to the end. Which branch was worth most after the first steps, and which is at the end?",
      answer() {
        const looks = course?.looks ?? [];
        const worthMost = (at: number) => looks[at] && titleOfWorthMost(looks[at]);
        const last = looks.at(-1);
        return last && last.state.step === STEPS ? `First ${worthMost(1)}, at the end ${worthMost(looks.length - 1)}.` : null;
      }
    }
  ]);

  return {
    bar: page.bar,
    attempts,
    descent: descent.element,
    label: label.element,
    norm,
    branches,
    dispose() {
      descent.dispose();
      label.dispose();
      page.dispose();
    }
  };
}
