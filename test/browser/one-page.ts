import {test} from "@playwright/test";
import type {Page} from "@playwright/test";

/**
 * Lets the tests of a file, or of a describe, follow each other on one page: loading it and the network's first run take longer than most
 * of what is tested. Each test sets what it needs by the page's controls, so that it passes after any other; after a failure the page is
 * opened anew.
 *
 * @param open opens the page before the first test
 */
export function onOnePage(open: (page: Page) => Promise<unknown>): void {
  test.describe.configure({mode: "default"});
  let page: Page;
  test.beforeAll(async ({browser}) => {
    page = await browser.newPage();
    await open(page);
  });
  test.afterAll(() => page.close());
}
