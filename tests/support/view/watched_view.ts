import type { Browser } from "npm:playwright-core@1.65.1";
import type { ViewSource } from "../../../src/viewer/view_data.ts";
import { inBrowser, startChromium } from "../chromium.ts";
import { serveView, type ViewServer } from "./serve_view.ts";

/** A view that is served, and a browser, while the tests of a file run. */
export interface WatchedView {
  /** The browser. */
  readonly browser: Browser;
  /** The address of the view's page. */
  readonly url: string;
}

/** Has a view served, and a browser started, before the tests of a file, and ends both behind them. */
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
