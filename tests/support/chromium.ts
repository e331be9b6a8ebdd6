import fs from "node:fs";
import type { Browser, Page } from "npm:playwright-core@1.65.1";

/** The path of Chromium on Debian. */
const CHROMIUM = "/usr/bin/chromium";

const installed = fs.existsSync(CHROMIUM);

/**
 * Options of browser tests: skipped if Chromium is not installed, except in CI, where they then
 * fail.
 */
export const inBrowser = {
  ignore: !installed && Deno.env.get("CI") === undefined,
};

/** A page that records its errors. */
export interface WatchedPage extends AsyncDisposable {
  /** The page. */
  readonly page: Page;
  /** Console messages, uncaught errors, and dialogs. */
  readonly faults: string[];
  /** The requested URLs. */
  readonly requests: string[];
}

/** How to open a page. */
export interface PageOptions {
  /** The width of the window. A narrow window is as high as a phone. */
  readonly width?: number;
  /** The user's preferred color scheme. */
  readonly colorScheme?: "light" | "dark";
  /** The time zone, such as `America/Los_Angeles`; by default that of this machine. */
  readonly timezone?: string;
  /** Whether to bypass the page's content policy, for a tool that injects a script. */
  readonly bypassCSP?: boolean;
}

/** A browser for all tests of a file. */
export async function startChromium(): Promise<Browser> {
  const { existsSync } = fs;
  // Node returns false where Deno throws, as it does for some files of /proc.
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

/** Opens a URL in a new window. */
export async function openPage(
  browser: Browser,
  address: string,
  {
    width = 1280,
    colorScheme = "light",
    timezone,
    bypassCSP = false,
  }: PageOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width, height: 800 },
    colorScheme,
    timezoneId: timezone,
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
