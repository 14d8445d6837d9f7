import type {Page} from "@playwright/test";
import type {Reply, Request} from "../../src/worker/messages.js";

/** What went between page and worker. */
export interface Wire {
  /** Calls and cancels as they were sent, and the bytes of pixels that went along. */
  readonly sent: readonly {readonly kind: Request["kind"]; readonly id: number; readonly call: string; readonly pixelBytes: number}[];
  /** Answers as they came. */
  readonly came: readonly {readonly kind: Reply["kind"]; readonly id: number}[];
}

interface Tapped {
  wire: {readonly sent: Wire["sent"][number][]; readonly came: Wire["came"][number][]};
}

/** Writes down what the page and its workers say to each other. For `addInitScript`. */
export function tapWire(): void {
  const wire: Tapped["wire"] = {sent: [], came: []};
  const {sent, came} = wire;
  (window as unknown as Tapped).wire = wire;
  window.Worker = class extends window.Worker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args);
      this.addEventListener("message", ({data}: MessageEvent<Reply>) => "id" in data && came.push({kind: data.kind, id: data.id}));
    }
    override postMessage(message: Request, transfer: Transferable[] | StructuredSerializeOptions = []): void {
      const isCall = message.kind === "call";
      const pixelBytes = isCall ? message.along.reduce((sum, [, named]) => sum + ("rgba" in named ? named.rgba.byteLength : 0), 0) : 0;
      sent.push({kind: message.kind, id: message.id, call: isCall ? message.call : "", pixelBytes});
      super.postMessage(message, transfer as Transferable[]);
    }
  };
}

export function wireOf(page: Page): Promise<Wire> {
  return page.evaluate(() => (window as unknown as Tapped).wire);
}
