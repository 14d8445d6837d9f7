import {parseArgs} from "node:util";

export const USAGE = `Usage: npm start -- [options]

Builds the site where a source is newer than it, serves it, prints its address, and from a terminal opens it in the browser.

  --port <number>   the port to serve on; by default PORT, else 3000 or the first free one of the twenty after it
  --host <name>     the address to listen at; by default 127.0.0.1, this machine alone; 0.0.0.0 lets others in
  --no-open         open no browser
  --help            print this`;

export interface StartOptions {
  /** Undefined: the first free one. */
  readonly port: number | undefined;
  readonly host: string;
  /** Whether the site is to be opened in a browser. */
  readonly open: boolean;
}

/**
 * The options of a command line.
 *
 * @param environment.PORT the port where no option names one
 * @param isTerminal whether somebody sits before it, for whom a browser may be opened
 * @returns null where help is asked for
 * @throws Error with a sentence for the reader when an option is unknown or out of range
 */
export function startOptions(
  args: readonly string[],
  environment: {readonly PORT?: string | undefined},
  isTerminal = false
): StartOptions | null {
  const {values} = parseArgs({
    args: [...args],
    options: {
      port: {type: "string"},
      host: {type: "string", default: "127.0.0.1"},
      "no-open": {type: "boolean", default: false},
      help: {type: "boolean", default: false}
    }
  });
  if (values.help) return null;
  return {port: portOf(values.port ?? environment.PORT), host: values.host, open: isTerminal && !values["no-open"]};
}

function portOf(text: string | undefined): number | undefined {
  if (text === undefined || text === "") return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`The port is a whole number from 1 to 65535, not "${text}".`);
  return port;
}
