/** What lets a program use what its origin keeps, start another program, or ask others. */
const RIGHTS = [
  "indexedDB",
  "caches",
  "cookieStore",
  "BroadcastChannel",
  "Worker",
  "XMLHttpRequest",
  "WebSocket",
  "WebSocketStream",
  "WebTransport",
  "EventSource",
  "Notification"
];
const RIGHTS_OF_NAVIGATOR = ["storage", "storageBuckets", "locks", "serviceWorker", "permissions", "usb", "serial", "hid"];

/**
 * Takes from a worker, for good, what its origin would let it do: cells compute, and read the files of this site. What has a hand on any
 * of it by then keeps that. Beyond this, the policy of the notebook's page holds for the worker too: it connects to no other host.
 *
 * @param scope the worker's global object
 * @param site the address that all files of the site begin with
 */
export function confine(
  scope: {fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>; readonly navigator: object},
  site: string
): void {
  for (const name of RIGHTS) take(scope, name);
  for (const name of RIGHTS_OF_NAVIGATOR) take(scope.navigator, name);
  const ask = scope.fetch.bind(scope);
  take(scope, "fetch");
  Object.defineProperty(scope, "fetch", {
    async value(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
      const request = new Request(input, init);
      if (!request.url.startsWith(site)) throw new Error("Cells read the files of this site alone. Write what you need into a cell.");
      return ask(request);
    }
  });
}

/** Wherever it stands on the way up: getters of what is global may stand on the object itself, or on what it is made like. */
function take(from: object, name: string): void {
  for (let at: object | null = from; at; at = Object.getPrototypeOf(at) as object | null)
    if (Object.hasOwn(at, name) && !Reflect.deleteProperty(at, name)) Reflect.defineProperty(at, name, {value: undefined});
}
