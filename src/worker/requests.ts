import {deviceLost} from "./device-lost.js";
import type {Host} from "./host.js";
import {keptLast} from "./kept.js";
import {buffersIn} from "./messages.js";
import type {Reply, Request} from "./messages.js";
import {isPhoto, withoutNames} from "./names.js";
import type {Named} from "./names.js";
import {newQueue} from "../queue.js";

/** Photos whose pixels are kept: one, what it was before it was changed, and another that something is taken from. */
const KEPT_PHOTOS = 3;
/** Data sets: two, of which results are compared. */
const KEPT_DATASETS = 2;

/**
 * The worker's ear: hands each call to the host, one after the other, keeps the photos and data sets that came, and cancels what
 * nobody waits for.
 */
export function requestHandler(host: Host, reply: (message: Reply, transfer?: Transferable[]) => void): (request: Request) => void {
  const photos = keptLast<number, Named>(KEPT_PHOTOS);
  const datasets = keptLast<number, Named>(KEPT_DATASETS);
  const inTurn = newQueue();
  const cancels = new Map<number, AbortController>();

  async function answer({id, call}: Request & {kind: "call"}, args: readonly unknown[]): Promise<void> {
    const controller = new AbortController();
    const {signal} = controller;
    cancels.set(id, controller);
    try {
      const work = host[call] as (...args: readonly unknown[]) => Promise<unknown>;
      const value = await inTurn(() => work(...args, signal), signal);
      reply({kind: "result", id, value}, buffersIn(value));
    } catch (error) {
      reply({kind: "error", id, message: error instanceof Error ? error.message : String(error), deviceLost: deviceLost()});
    } finally {
      cancels.delete(id);
    }
  }

  return (request) => {
    if (request.kind === "cancel") return cancels.get(request.id)?.abort();
    const along = new Map(request.along);
    for (const [name, named] of along) (isPhoto(named) ? photos : datasets).keep(name, named);
    let unknown = false;
    // Now, not when its turn comes: by then others may have come.
    const args = withoutNames(request.args, (name) => {
      const named = along.get(name) ?? photos.find(name) ?? datasets.find(name);
      unknown ||= !named;
      return named!;
    }) as readonly unknown[];
    if (unknown) return reply({kind: "unknown name", id: request.id});
    void answer(request, args);
  };
}
