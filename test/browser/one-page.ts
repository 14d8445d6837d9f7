import {test} from "@playwright/test";
import type {Page} from "@playwright/test";
import type {SitePage} from "./site-page.js";

/**
 * Lets the tests of a file, or of a describe, follow each other on one page: loading it and the network's first run take longer than most
 * of what is tested. Each test sets what it needs by the page's controls, so that it passes after any other; after a failure the page is
 * opened anew. None may leave a problem.
 *
 * @param open opens the page before the first test
 */
export function onOnePage(open: (page: Page) => Promise<SitePage>): void {
  test.describe.configure({mode: "default"});
  let page: Page;
  let site: SitePage;
  test.beforeAll(async ({browser}) => {
    page = await browser.newPage();
    site = await open(page);
  });
  test.afterEach(() => site.expectNoProblem());
  test.afterAll(() => page.close());
}
