import {connect, createServer} from "node:net";
import type {AddressInfo, Socket} from "node:net";

/** What a line to a site is like. */
export interface LineSpeed {
  /** Milliseconds until an answer to the smallest question is there. */
  readonly roundTripMs: number;
  /** What all connections share in each direction. */
  readonly bitsPerSecond: number;
}

export interface SlowLine {
  /** Address of the site at the far end of the line, without a slash at the end. */
  readonly url: string;
  /** Bytes that came down the line so far, headers and all. */
  bytesDown(): number;
  /** Cuts it: nothing answers at its address any more. */
  cut(): Promise<void>;
}

/**
 * A line to a port of this machine on which every byte takes its time: that of the page, of its workers and of a service worker alike,
 * which what a browser can be told of the network would not reach. A new connection costs a round trip of its own; the slow start
 * of TCP is left out.
 */
export async function slowLine(port: number, {roundTripMs, bitsPerSecond}: LineSpeed): Promise<SlowLine> {
  let down = 0;
  const sockets = new Set<Socket>();
  const [upwards, downwards] = [lane(roundTripMs / 2, bitsPerSecond), lane(roundTripMs / 2, bitsPerSecond)];
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    sockets.add(near.setNoDelay()).add(far.setNoDelay());
    const close = () => [near, far].forEach((socket) => socket.destroy());
    near.on("error", close).on("close", close);
    far.on("error", close);
    // Others do not wait for it: what is sent joins the line once there is a connection to send it by.
    const opened = new Promise((resolve) => setTimeout(resolve, roundTripMs));
    near.on("data", (data) => void opened.then(() => upwards(data.length, () => !far.destroyed && far.write(data))));
    far.on("data", (data) => {
      down += data.length;
      downwards(data.length, () => !near.destroyed && near.write(data));
    });
    far.on("end", () => downwards(0, () => near.end()));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    bytesDown: () => down,
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      })
  };
}

/** One direction of a line: hands over what is sent when its last byte is there, one after the other. */
function lane(delayMs: number, bitsPerSecond: number): (bytes: number, handOver: () => void) => void {
  let free = 0;
  return (bytes, handOver) => {
    free = Math.max(free, performance.now()) + (bytes * 8000) / bitsPerSecond;
    setTimeout(handOver, free + delayMs - performance.now());
  };
}
