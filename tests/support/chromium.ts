import fs from "node:fs";
import type { Browser, Page } from "npm:playwright-core@1.65.1";

/** Chromium as Debian has it. */
const CHROMIUM = "/usr/bin/chromium";

const installed = fs.existsSync(CHROMIUM);

/** For tests in a browser: ignored where it is not installed, but not in CI, where they then fail. */
export const inBrowser = {
  ignore: !installed && Deno.env.get("CI") === undefined,
};

/** A page that knows what went wrong in it. */
export interface WatchedPage extends AsyncDisposable {
  /** The page. */
  readonly page: Page;
  /** What the console said, errors that nobody caught, and dialogs. */
  readonly faults: string[];
  /** The addresses that were asked for. */
  readonly requests: string[];
}

/** How a page is opened. */
export interface PageOptions {
  /** The width of the window; a narrow one is as high as a telephone. */
  readonly width?: number;
  /** What the user prefers. */
  readonly colorScheme?: "light" | "dark";
  /** Whether the page's own policy does not hold, as for a tool that puts a script into it. */
  readonly bypassCSP?: boolean;
}

/** A browser for all tests of a file. */
export async function startChromium(): Promise<Browser> {
  const { existsSync } = fs;
  // Node's says that there is no file where Deno's throws, as it does for some files of /proc.
  fs.existsSync = (path) => {
    try {
      return existsSync(path);
    } catch {
      return false;
    }
  };
  try {
    const { chromium } = await import("npm:playwright-core@1.65.1");
    return await chromium.launch({
      executablePath: CHROMIUM,
      args: ["--no-sandbox"],
    });
  } finally {
    fs.existsSync = existsSync;
  }
}

/** Opens an address in a window of its own. */
export async function openPage(
  browser: Browser,
  address: string,
  { width = 1280, colorScheme = "light", bypassCSP = false }: PageOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme,
    bypassCSP,
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const faults: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => faults.push(message.text()));
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("dialog", async (dialog) => {
    faults.push(`dialog ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(address);
  return {
    page,
    faults,
    requests,
    [Symbol.asyncDispose]: () => context.close(),
  };
}
