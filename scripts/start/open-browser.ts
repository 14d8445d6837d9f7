import {spawn} from "node:child_process";

/** What opens an address, by platform; elsewhere it is the desktop's. */
const COMMANDS: Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""]
};

/** Opens an address in the reader's browser. A machine that has none goes on without. */
export function openBrowser(address: string): void {
  const [command, ...args] = COMMANDS[process.platform] ?? ["xdg-open"];
  spawn(command, [...args, address], {stdio: "ignore", detached: true})
    .on("error", () => {})
    .unref();
}
