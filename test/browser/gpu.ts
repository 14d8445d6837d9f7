import type {Page} from "@playwright/test";

/** Ends the browser's GPU process, and with it every context. Opening chrome://gpucrash does nothing in a browser without a window. */
export async function crashGpu(page: Page): Promise<void> {
  const devtools = await page.context().browser()!.newBrowserCDPSession();
  await devtools.send("Browser.crashGpuProcess");
  await devtools.detach();
}
