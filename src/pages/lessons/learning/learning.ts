import {percent} from "../../../components/classes/class-legend.js";
import {lossInWords} from "../../../components/charts/rate-curve.js";
import type {Sample} from "../../../data/samples/samples.js";
import {lesson} from "../../../lab/lesson.js";
import {rangeOf} from "../../../lab/try-this.js";
import {LOOK, STEPS, branchesFigure, titleOfWorthMost} from "./branches.js";
import type {Course} from "./branches.js";
import {descentFigure, followers} from "./descent.js";
import type {Lectured} from "./descent.js";
import {normsFigure} from "./norms.js";
import type {Norms} from "./norms.js";
import {withOthers} from "./other-photos.js";
import {sizesFigure} from "./sizes.js";
import type {Sizes} from "./sizes.js";
import {BATCHES, LEARNING_TABLE, MOMENTS, POINTWISE, POOLING, RATES} from "./state.js";
import {BUNDLED} from "../bundled-model.js";

/** Rates, and shares of the mask, to predict. */
const FOLLOWED = [{text: "less than 0.0001", below: 1e-4}, {text: "0.0001 to 0.001", below: 1e-3}, {text: "0.001 or more"}];
const CHANGED = [{text: "less than 10 %", below: 0.1}, {text: "10 to 50 %", below: 0.5}, {text: "more than 50 %"}];
const [POINTWISE_TITLE, POOLING_TITLE] = [LOOK(POINTWISE).title, LOOK(POOLING).title];

/** The page about how the network learns. */
export function learningLesson({main, samples}: {readonly main: HTMLElement; readonly samples: readonly Sample[]}) {
  const page = lesson({main, table: LEARNING_TABLE, samples, strip: () => BUNDLED.url});
  const photosOf = withOthers(samples);
  let lectured: Lectured | null = null;
  let sizes: Sizes | null = null;
  let norms: Norms | null = null;
  let course: Course | null = null;
  const descent = descentFigure(page, (found) => {
    lectured = found;
    attempts.descent.refresh();
  });
  const label = sizesFigure(page, (found) => {
    sizes = found;
    attempts.sizes.refresh();
  });
  const norm = normsFigure(page, photosOf, (found) => {
    norms = found;
    attempts.norms.refresh();
  });
  const branches = branchesFigure(page, photosOf, (found) => {
    course = found;
    attempts.branches.refresh();
  });

  const attempts = {
    descent: page.tryThis(
      [
        {
          ask: "Find the smallest rate at which nine in ten of the taught pixels follow. How large is it?",
          guesses: FOLLOWED.map(({text}) => text),
          answer({rate}) {
            if (!lectured) return null;
            const first = RATES.findIndex((_, at) => followers(lectured!, at) > 0.9);
            return rate === first
              ? {
                  right: rangeOf(RATES[rate]!, FOLLOWED),
                  text: `With ${RATES[rate]!} ${percent(followers(lectured, rate))} of them follow, at a loss of ${lossInWords(lectured.found.after[rate]!.loss)}.`
                }
              : null;
          }
        }
      ],
      "a step"
    ),
    sizes: page.tryThis(
      [
        {
          ask: "Move the chair with the arrow keys until small labels lose half of it or more. Which way then ends with the better IoU for the chair?",
          guesses: ["logits enlarged", "labels made small", "both alike"],
          answer() {
            if (!sizes || sizes.kept > sizes.pixels / 2) return null;
            const [full, small] = [sizes.ways.enlarged, sizes.ways.shrunk].map(({overlap}) => overlap.at(-1)!) as [number, number];
            return {
              right: full > small ? "logits enlarged" : full < small ? "labels made small" : "both alike",
              text: `Of ${sizes.pixels} pixels small labels call ${sizes.kept} a chair. After ${MOMENTS.at(-1)!} steps the chair's IoU is ${percent(small)} with them; with logits enlarged it is ${percent(full)}.`
            };
          }
        }
      ],
      "sizes"
    ),
    norms: page.tryThis(
      [
        {
          ask: "Look at image pooling's deviations. How much of the mask changes in batches of one?",
          guesses: CHANGED.map(({text}) => text),
          answer({norm: layer, measure}) {
            if (!norms || layer !== POOLING || measure !== "spreads") return null;
            const changed = norms.changed[BATCHES.indexOf(1)]!;
            return {
              right: rangeOf(changed, CHANGED),
              text: `${percent(changed)}. In a batch of one the deviations there are all zero: one value a channel has no spread.`
            };
          }
        }
      ],
      "batches"
    ),
    branches: page.tryThis(
      [
        {
          ask: "Let ASPP learn to the end. Which branch is worth most then?",
          guesses: [POINTWISE_TITLE, "an atrous branch", POOLING_TITLE],
          answer() {
            const looks = course?.looks ?? [];
            const last = looks.at(-1);
            if (!last || last.state.step !== STEPS) return null;
            const [first, title] = [titleOfWorthMost(looks[1]!), titleOfWorthMost(last)];
            return {
              right: [POINTWISE_TITLE, POOLING_TITLE].includes(title) ? title : "an atrous branch",
              text: `After the first steps it was ${first}, at the end it is ${title}.`
            };
          }
        }
      ],
      "a head from nothing"
    )
  };

  return {
    bar: page.bar,
    show: page.show,
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
