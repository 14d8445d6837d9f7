import type {Photo} from "../engine/photo.js";
import {deviceLost} from "./device-lost.js";
import type {Host} from "./host.js";
import {keptLast} from "./kept.js";
import {buffersIn} from "./messages.js";
import type {Reply, Request} from "./messages.js";
import {photosNamed} from "./photo-names.js";
import {newQueue} from "./queue.js";

/** Photos whose pixels are kept: one, what it was before it was changed, and another that something is taken from. */
const KEPT_PHOTOS = 3;

/**
 * The worker's ear: hands each call to the host, one after the other, keeps the photos that came, and cancels what
 * nobody waits for.
 */
export function requestHandler(host: Host, reply: (message: Reply, transfer?: Transferable[]) => void): (request: Request) => void {
  const photos = keptLast<number, Photo>(KEPT_PHOTOS);
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
    const along = new Map(request.photos);
    for (const [name, photo] of along) photos.keep(name, photo);
    let unknown = false;
    // Now, not when its turn comes: by then other photos may have come.
    const args = photosNamed(request.args, (name) => {
      const photo = along.get(name) ?? photos.find(name);
      unknown ||= !photo;
      return photo!;
    }) as readonly unknown[];
    if (unknown) return reply({kind: "unknown photo", id: request.id});
    void answer(request, args);
  };
}
