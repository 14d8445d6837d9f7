import {LESSONS} from "../../data/lessons.js";
import {samplesFor} from "../../data/samples/opening.js";
import type {Sample} from "../../data/samples/samples.js";
import {CHOICE_KEY} from "../../src/lab/photo-memory.js";
import type {PARTS} from "../../src/worker/parts.js";
import {FIRST_PHOTO} from "./first-masks.js";
import type {StandIn} from "./stand-in.js";

/** Pages that compute with a photo once they are opened. */
const ON_A_PHOTO = new Set([...LESSONS.map(({path}) => path), "/workbench"]);
/** Of those, the ones that ask no network at first: one layer or a few are all that they show. */
const WITHOUT_NETWORK = new Set(["/atrous", "/separable", "/residual"]);
/** Those that begin with the bundled network, whatever others there are. */
const ON_NANO = new Set(["/aspp", "/decoder", "/network", "/learning", "/quantisation"]);
/** The part of the worker that answers what a page's first figures ask besides a run, where they do. */
export const PART_OF: Readonly<Record<string, keyof typeof PARTS>> = {
  "/aspp": "inspections",
  "/atrous": "demonstrations",
  "/learning": "inspections",
  "/network": "inspections",
  "/quantisation": "inspections",
  "/residual": "demonstrations",
  "/separable": "demonstrations"
};

/** What an address may say and mean the same first mask still. */
const BESIDE_THE_MASK = ["sample", "model", "backend", "x", "y"];
/** Address of a photo. */
export function photoHref({file}: Sample): string {
  return `./data/samples/${file}`;
}

/**
 * What stands first in a page so that all it needs travels side by side: otherwise each thing would be asked for when that before it has
 * come and has run. What is prefetched waits in the browser's cache until page or worker ask for it. No preload: the worker's use of one
 * does not count as such, and of a photo that the page fetched while its preload was under way Chromium now and then lost the rest. What
 * the address or the reader's last choice replaces is not announced; what is announced of `needs.standIns` is seen (`stand-in.ts`).
 *
 * @param address of the page in the site
 * @param needs.data addresses of JSON files that the page fetches
 * @param needs.worker addresses of the worker's scripts
 * @param needs.best id of the best model that there is, if there is any
 * @param needs.standIns what may stand in for the page's first mask
 */
export function announcement(
  address: string,
  needs: {
    readonly data: readonly string[];
    readonly worker: readonly string[];
    readonly best: string | undefined;
    readonly standIns: readonly StandIn[];
  }
): string {
  const computes = ON_A_PHOTO.has(address);
  const model = !computes || WITHOUT_NETWORK.has(address) ? undefined : ON_NANO.has(address) ? "nano" : needs.best;
  const first = samplesFor(address)[0]!;
  const sample = first.id;
  const chosen: readonly Chosen[] = [
    ...(computes ? [{where: {sample}, href: photoHref(first)}] : []),
    ...needs.standIns.map(({model, href}) => ({where: {sample: FIRST_PHOTO.id, model}, href, alone: true})),
    ...(model === undefined ? [] : [{where: {model}, href: `./data/models/${model}.safetensors`}])
  ];
  const asks = [chosen, {sample, model}, {key: CHOICE_KEY, beside: BESIDE_THE_MASK}].map((part) => JSON.stringify(part)).join(", ");
  return [
    ...needs.data.map((href) => `<link rel="prefetch" href="${href}">`),
    ...(computes ? needs.worker.map((href) => `<link rel="prefetch" href="${href}">`) : []),
    ...(chosen.length === 0 ? [] : [`<script>(${ANNOUNCE})(${asks})</script>`]),
    ""
  ].join("\n");
}

/** What is announced where the reader's choice is this. */
interface Chosen {
  readonly where: Readonly<Record<string, string>>;
  readonly href: string;
  /** Whether only where the address says nothing else that a mask depends on. */
  readonly alone?: boolean;
}

/** In the page, before anything else of it runs. */
const ANNOUNCE = `(wanted, usual, {key, beside}) => {
  let last = {};
  const at = location.pathname.replace(/[^/]*$/, "");
  // As src/site.ts has it.
  if (at !== "/") key += "@" + encodeURIComponent(at);
  try { last = JSON.parse(sessionStorage.getItem(key) ?? localStorage.getItem(key)) ?? {}; } catch {}
  const said = Object.fromEntries(new URLSearchParams(location.search));
  const choice = {...usual, ...("sample" in said || "url" in said ? {} : last), ...said};
  if (choice.url || choice.address) choice.sample = "";
  for (const {where, href, alone} of wanted)
    if (Object.entries(where).every(([name, value]) => choice[name] === value) && (!alone || Object.keys(said).every((name) => beside.includes(name))))
      document.head.append(Object.assign(document.createElement("link"), {rel: "prefetch", href}));
}`;
