import {writeFile} from "node:fs/promises";
import type {BrowserContext, Page, Request, TestInfo} from "@playwright/test";

/** Letters of an address that are told. */
const SHOWN = 300;
/** What a page has in itself: it asks nobody for that. */
const OWN = /^(?:blob|data):/;

/**
 * All that a context asked for: its pages, their workers and the workers of these, and the service worker where it is let in. No photo
 * leaves where every request is a GET without a body or a query, of the host that the first page came from.
 */
export class Requests {
  /** Those by which something might have left, each in words. */
  readonly wrong: string[] = [];
  readonly #times = new Map<string, number>();
  readonly #listeners: ((wrong: string) => void)[] = [];
  #origin: string | null = null;

  constructor(context: BrowserContext) {
    context.on("request", (request) => this.#note(request));
    const watch = (page: Page) => page.on("websocket", (socket) => this.#count(`WebSocket ${socket.url()}`, ["a connection both ways"]));
    context.pages().forEach(watch);
    context.on("page", watch);
  }

  /** Calls this for each that is wrong, from now on. */
  onWrong(listener: (wrong: string) => void): void {
    this.#listeners.push(listener);
  }

  /** All of them, those that are alike once and how many they are. */
  list(): string {
    const total = [...this.#times.values()].reduce((sum, times) => sum + times, 0);
    const lines = [...this.#times].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([what, times]) => `${times} × ${what}`);
    return [`${total} requests of ${lines.length} kinds, ${this.wrong.length} of them wrong:`, ...lines].join("\n  ");
  }

  /** Prints them all and puts them beside a test's other files. For `afterEach`: how far a test came that failed is told, too. */
  async tell(info: TestInfo): Promise<void> {
    console.log(this.list());
    await writeFile(info.outputPath("requests.txt"), this.list());
  }

  #note(request: Request): void {
    const url = new URL(request.url());
    // The address of what is in the page says nothing more, and of a blob is another each time.
    if (OWN.test(url.href)) return this.#count(`${request.method()} ${request.resourceType()} ${url.protocol}`, []);
    this.#origin ??= url.origin;
    const body = request.postDataBuffer()?.length ?? 0;
    const problems = [
      ...(url.origin === this.#origin ? [] : ["another host"]),
      ...(request.method() === "GET" ? [] : ["no GET"]),
      ...(body > 0 ? [`a body of ${body} bytes`] : []),
      // A page's own state is in its address, and no page's file.
      ...(url.search && !request.isNavigationRequest() ? ["a query"] : [])
    ];
    const from = request.serviceWorker() ? "by the service worker, " : "";
    const address = url.href.length > SHOWN ? `${url.href.slice(0, SHOWN)}… (${url.href.length} letters)` : url.href;
    this.#count(`${request.method()} ${from}${request.resourceType()} ${address}`, problems);
  }

  #count(what: string, problems: readonly string[]): void {
    const told = problems.length > 0 ? `${what}: ${problems.join(", ")}` : what;
    if (problems.length > 0) {
      this.wrong.push(told);
      this.#listeners.forEach((listener) => listener(told));
    }
    this.#times.set(told, (this.#times.get(told) ?? 0) + 1);
  }
}

const known = new WeakMap<BrowserContext, Requests>();

/** What a context has asked for since this was called for it first. */
export function requestsOf(context: BrowserContext): Requests {
  const requests = known.get(context) ?? new Requests(context);
  known.set(context, requests);
  return requests;
}
