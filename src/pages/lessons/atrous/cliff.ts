import {figureBlock} from "../../../components/page/figure-block.js";
import {typeset} from "../../../components/page/typeset.js";
import {readouts} from "../../../components/tables/readouts.js";
import {shareChart} from "../../../components/charts/share-chart.js";
import {html} from "htl";
import {interpolateOranges} from "d3";
import {countInWords} from "../../../datasets/count-in-words.js";
import {validTapShares} from "../../../engine/teaching/atrous.js";
import type {Lesson} from "../../../lab/lesson.js";
import {codeUnder} from "../code-under.js";
import type {AtrousTable} from "./state.js";

const TAPS = 3;

/** The cliff: how many taps of a 3x3 kernel still lie on the map as the rate grows (DeepLab v3, figure 4). */
export function cliffFigure(page: Lesson<AtrousTable>): HTMLElement {
  const chart = shareChart({label: "Share of positions by valid taps, against the rate", xTitle: "atrous rate"});
  const facts = readouts(["Nine taps", "One tap", "Map and rate"]);
  const verdict = html`<p class="look"></p>`;

  page.follow(["mapSize", "cliffRate"], ({mapSize, cliffRate}) => {
    // Where the rate reaches the map's side nothing changes any more: one tap everywhere.
    const rates = Array.from({length: Math.max(mapSize, cliffRate)}, (_, index) => index + 1);
    const shares = rates.map((rate) => validTapShares(mapSize, TAPS, rate));
    const counts = shares[0]!.map(({taps}) => taps);
    chart.update(
      counts.map((taps, index) => ({
        name: countInWords(taps, "tap"),
        colour: interpolateOranges(0.95 - (0.8 * index) / (counts.length - 1)),
        shares: shares.map((at) => at[index]!.share)
      })),
      cliffRate
    );
    const here = validTapShares(mapSize, TAPS, cliffRate);
    const share = (taps: number) => here.find((entry) => entry.taps === taps)!.share;
    facts.update({
      "Nine taps": `${(share(9) * 100).toFixed(1)} %`,
      "One tap": `${(share(1) * 100).toFixed(1)} %`,
      "Map and rate": `${mapSize} × ${mapSize}, rate ${cliffRate}`
    });
    verdict.textContent =
      share(1) === 1
        ? typeset("Only the centre tap is left, everywhere: the 3×3 convolution has become a 1×1 convolution.")
        : share(9) === 0
          ? "Nowhere do all nine taps lie on the map."
          : "";
  });

  const presets = page.presets([
    {
      label: "The paper's figure",
      look: "The map of the paper's figure. At half its side one position of 4,225, the middle, still has its nine taps.",
      state: {mapSize: 65, cliffRate: 32}
    },
    {
      label: "Over the edge",
      look: "A 224-pixel photo at output stride 16: the rate is larger than the map.",
      state: {mapSize: 14, cliffRate: 15}
    },
    {
      label: "Where DeepLab runs",
      look: "513 pixels at output stride 16 with ASPP's largest rate: this is where DeepLab runs.",
      state: {mapSize: 33, cliffRate: 18}
    }
  ]);

  return figureBlock({
    title: "Taps that are left on the map",
    code: codeUnder(page.store, (codes) => codes.atrous.cliff),
    controls: [page.slider("mapSize", "Map size", "cells"), page.slider("cliffRate", "Rate on this map"), presets],
    body: [facts, chart, verdict],
    caption:
      "The share of a map's positions at which a 3×3 kernel has so many of its taps on the map. Move the rate towards the map's size and watch the kernel lose its taps."
  });
}
