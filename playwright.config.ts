import {existsSync} from "node:fs";
import {defineConfig} from "@playwright/test";

/** Debian's Chromium by default; another one by CHROMIUM_PATH. */
const executablePath =
  process.env.CHROMIUM_PATH ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((file) => existsSync(file));

const PORT = 4173;

export default defineConfig({
  testDir: "test/browser",
  timeout: 120_000,
  expect: {timeout: 60_000},
  workers: 1,
  reporter: "list",
  use: {
    baseURL: `http://localhost:${PORT}`,
    viewport: {width: 1280, height: 900},
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader"
      ]
    }
  },
  webServer: {
    command: `npx tsx scripts/serve.ts ${PORT}`,
    url: `http://localhost:${PORT}/`,
    reuseExistingServer: !process.env.CI
  }
});
