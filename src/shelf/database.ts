import {keptAs} from "../site.js";
import {inTime} from "./in-time.js";

/** Asks a store of the browser's database. */
export type AskStore = <T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>) => Promise<T>;

/**
 * A database with one store, which is made where it is not there.
 *
 * @returns asks it; rejects with a DOMException where there is no database here, as in some private windows, where it is full or silent
 */
export function storeOf(database: string, store: string): AskStore {
  let databases: IDBFactory | undefined;
  return async (mode, ask) => {
    // Asked for once, so that who has a hand on a store keeps it where the name is taken away.
    databases ??= indexedDB;
    const opening = databases.open(keptAs(database), 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(store);
    const opened = await inTime(settled(opening));
    try {
      const transaction = opened.transaction(store, mode);
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new DOMException("The database broke off.", "AbortError"));
      });
      // A request may succeed and its transaction still find no room.
      const [result] = await Promise.all([settled(ask(transaction.objectStore(store))), done]);
      return result;
    } finally {
      opened.close();
    }
  };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error!);
  });
}
