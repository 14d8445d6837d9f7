import {classLegend, legendEntries} from "../../components/classes/class-legend.js";
import type {LegendEntry} from "../../components/classes/class-legend.js";
import {classPlaces} from "../../engine/labels/class-places.js";
import {classShares} from "../../engine/labels/pixel.js";
import {maskInWords} from "../../lab/mask-in-words.js";
import type {Survey} from "../../media/live/renderer.js";
import type {ModelDescription} from "../../worker/protocol.js";
import {steadyLegend} from "./steady-legend.js";

export interface LiveLegend {
  readonly element: HTMLElement;
  /** Counts the classes of a picture. @returns them in words */
  count(survey: Survey, card: ModelDescription["card"]): string;
  /** Shows which classes the mask leaves out. */
  refresh(): void;
  /** Forgets what was seen, as before another session. */
  forget(): void;
}

/** The classes found in a moving picture. @param options.hidden names of those that the mask leaves out */
export function liveLegend({hidden, onHidden}: {hidden(): readonly string[]; onHidden(hidden: readonly string[]): void}): LiveLegend {
  let listed = steadyLegend();
  let entries: readonly LegendEntry[] = [];
  const legend = classLegend({
    onToggle: (name, visible) => {
      const others = hidden().filter((other) => other !== name);
      onHidden(visible ? others : [...others, name]);
    }
  });
  const refresh = () => legend.update(entries, new Set(hidden()));
  return {
    element: legend,
    count({ids, width, height}, {classes, palette}) {
      entries = listed(legendEntries(classShares(ids, classes.length), classes, palette), performance.now());
      refresh();
      return maskInWords(classPlaces({width, height, labels: ids}, classes.length), classes);
    },
    refresh,
    forget: () => void (listed = steadyLegend())
  };
}
