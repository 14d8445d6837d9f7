import {html} from "htl";
import {readouts} from "../tables/readouts.js";
import {signedBars} from "./signed-bars.js";
import {signed} from "../tables/tap-sum.js";

/** What one source adds to two classes' logits. */
export interface PairedPart {
  readonly name: string;
  /** CSS colour. */
  readonly colour: string;
  readonly first: number;
  readonly second: number;
}

export interface ContributionPair extends HTMLElement {
  update(shown: {
    readonly first: {readonly title: string; readonly logit: number};
    readonly second: {readonly title: string; readonly logit: number};
    readonly parts: readonly PairedPart[];
  }): void;
}

/** What each source adds to the logits of two classes, side by side on one scale, with the sum and the logits that it has to meet. */
export function contributionPair(): ContributionPair {
  const first = signedBars({label: "Contributions to the first class"});
  const second = signedBars({label: "Contributions to the second class"});
  const firstName = html`<h4></h4>` as HTMLElement;
  const secondName = html`<h4></h4>` as HTMLElement;
  const sums = readouts(["Sum of contributions", "Logit of the first class", "Logit of the second class"]);
  const view =
    html`<div><div class="figure-columns"><div>${firstName}${first}</div><div>${secondName}${second}</div></div>${sums}</div>` as ContributionPair;
  view.update = ({first: one, second: other, parts}) => {
    const extent = Math.max(...parts.flatMap((part) => [Math.abs(part.first), Math.abs(part.second)]));
    firstName.textContent = one.title;
    secondName.textContent = other.title;
    first.update(
      parts.map(({name, colour, first: value}) => ({name, colour, value})),
      extent
    );
    second.update(
      parts.map(({name, colour, second: value}) => ({name, colour, value})),
      extent
    );
    sums.update({
      "Sum of contributions": signed(
        parts.reduce((sum, part) => sum + part.first, 0),
        3
      ),
      "Logit of the first class": signed(one.logit, 3),
      "Logit of the second class": signed(other.logit, 3)
    });
  };
  return view;
}
