import {labelSets, labelsFor} from "../data/labels/index.js";
import type {Labels} from "../data/labels/index.js";
import {PREPROCESSINGS} from "../engine/backbones/normalise.js";
import type {Model} from "../engine/model.js";
import type {AsppBranch, Network} from "../engine/network.js";
import {RATES_OUTPUT_STRIDE} from "../engine/plan.js";
import type {Answers} from "../engine/questions.js";
import {FormatError} from "../formats/format-error.js";
import {withNormalisation} from "./preprocessing.js";

/**
 * A model with what its file did not tell: how photos are prepared, rates, names of classes. Answers that are not given change nothing, and
 * later ones take the place of earlier ones. Grid and averages are answered while a file is read, and are nothing here.
 *
 * @throws FormatError where an answer does not fit the network
 */
export function answered({network, weights, card}: Model, {preprocessing, rates, outputStride, classes}: Answers): Model {
  const asked = rates ? withRates(network, rates, outputStride) : network;
  const prepared =
    preprocessing === undefined
      ? {network: asked, weights}
      : withNormalisation({network: asked, weights}, PREPROCESSINGS[preprocessing].normalisation);
  return {...prepared, card: {...card, ...(classes && namedClasses(network, classes))}};
}

function withRates(network: Network, stated: readonly number[], outputStride = RATES_OUTPUT_STRIDE): Network {
  const {branches} = network.head.aspp;
  const atrous = branches.filter(({kind}) => kind === "atrous").length;
  if (stated.length !== atrous)
    throw new FormatError(`The model has ${atrous} atrous branches, but ${stated.length} rates are given for them.`);
  const rates = stated.map((rate) => (rate * outputStride) / RATES_OUTPUT_STRIDE);
  if (!rates.every((rate) => Number.isInteger(rate) && rate >= 1)) {
    throw new FormatError(
      `Rates are whole numbers from 1 up, also at output stride ${RATES_OUTPUT_STRIDE}; ${stated.join(", ")} at output stride ${outputStride} are not.`
    );
  }
  let next = 0;
  const rated = (branch: AsppBranch): AsppBranch => (branch.kind === "atrous" ? {...branch, rate: rates[next++]!} : branch);
  return {...network, head: {...network.head, aspp: {...network.head.aspp, branches: branches.map(rated)}}};
}

/**
 * Names of a network's classes, with the colours of the data set that calls them so, or else of one with as many.
 *
 * @throws FormatError where they are not as many as it has
 */
export function namedClasses({classes: count}: Pick<Network, "classes">, classes: readonly string[]): Labels {
  if (classes.length !== count) throw new FormatError(`The network has ${count} classes, but ${classes.length} names are given.`);
  const unnamed = classes.findIndex((name) => !name);
  if (unnamed >= 0) throw new FormatError(`Class ${unnamed} is given no name; write one for each of the ${count} classes.`);
  const set = labelSets(count).find((each) => each.classes.join("\n") === classes.join("\n"));
  return {classes, palette: (set ?? labelsFor(count)).palette};
}
