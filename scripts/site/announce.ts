import {LESSONS} from "../../data/lessons.js";
import {SAMPLES} from "../../data/samples/samples.js";
import {CHOICE_KEY} from "../../src/lab/photo-memory.js";

/** Pages that compute with a photo once they are opened. */
const ON_A_PHOTO = new Set([...LESSONS.map(({path}) => path), "/workbench"]);
/** Of those, the ones that ask no network at first: one layer or a few are all that they show. */
const WITHOUT_NETWORK = new Set(["/atrous", "/separable", "/residual"]);
/** Those that begin with the bundled network, whatever others there are. */
const ON_NANO = new Set(["/aspp", "/decoder", "/network", "/learning", "/quantisation"]);

/**
 * What stands first in a page so that all it needs travels side by side: otherwise each thing would be asked for when that before it has
 * come and has run. What is prefetched waits in the browser's cache until page or worker ask for it. No preload: the worker's use of one
 * does not count as such, and of a photo that the page fetched while its preload was under way Chromium now and then lost the rest. What
 * the address or the reader's last choice replaces is not announced.
 *
 * @param address of the page in the site
 * @param needs.data addresses of JSON files that the page fetches
 * @param needs.worker addresses of the worker's scripts
 * @param needs.best id of the best model that there is, if there is any
 */
export function announcement(
  address: string,
  needs: {readonly data: readonly string[]; readonly worker: readonly string[]; readonly best: string | undefined}
): string {
  const computes = ON_A_PHOTO.has(address);
  const model = !computes || WITHOUT_NETWORK.has(address) ? undefined : ON_NANO.has(address) ? "nano" : needs.best;
  const [sample] = SAMPLES;
  const chosen = [
    ...(computes ? [{key: "sample", value: sample!.id, href: `./data/samples/${sample!.file}`}] : []),
    ...(model === undefined ? [] : [{key: "model", value: model, href: `./data/models/${model}.safetensors`}])
  ];
  return [
    ...needs.data.map((href) => `<link rel="prefetch" href="${href}">`),
    ...(computes ? needs.worker.map((href) => `<link rel="prefetch" href="${href}">`) : []),
    ...(chosen.length === 0 ? [] : [`<script>(${ANNOUNCE})(${JSON.stringify(chosen)}, ${JSON.stringify(CHOICE_KEY)})</script>`]),
    ""
  ].join("\n");
}

/** In the page, before anything else of it runs. */
const ANNOUNCE = `(wanted, key) => {
  let last = {};
  try { last = JSON.parse(localStorage.getItem(key)) ?? {}; } catch {}
  const choice = {...last, ...Object.fromEntries(new URLSearchParams(location.search))};
  if (choice.url || choice.address) choice.sample = "";
  for (const {key, value, href} of wanted)
    if ((choice[key] ?? value) === value) document.head.append(Object.assign(document.createElement("link"), {rel: "prefetch", href}));
}`;
