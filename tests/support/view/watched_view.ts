import type { Browser } from "npm:playwright-core@1.65.1";
import type { ViewSource } from "../../../src/viewer/view_data.ts";
import { inBrowser, startChromium } from "../chromium.ts";
import { serveView, type ViewServer } from "./serve_view.ts";

/** A served view and a browser, for the tests of a file. */
export interface WatchedView {
  /** The browser. */
  readonly browser: Browser;
  /** The URL of the view's page. */
  readonly url: string;
}

/** Serves a view and starts a browser before the tests of a file, and stops both after them. */
export function watchedView(view: ViewSource): WatchedView {
  let browser: Browser | undefined;
  let server: ViewServer | undefined;
  Deno.test.beforeAll(async () => {
    if (inBrowser.ignore) return;
    server = await serveView(view);
    browser = await startChromium();
  });
  Deno.test.afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });
  return {
    get browser() {
      return browser!;
    },
    get url() {
      return server!.url;
    },
  };
}
