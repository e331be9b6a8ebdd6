import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import { openView } from "../support/cache_view.ts";
import { inBrowser, openPage, startChromium } from "../support/chromium.ts";
import { HOSTILE_TEXTS } from "../support/hostile_texts.ts";
import { TempDir } from "../support/temp_dir.ts";
import { exportedView } from "../support/view/exported_view.ts";
import { serveView } from "../support/view/serve_view.ts";
import { writeSample } from "../support/written_sample.ts";

/** A cache with two sets: one in which every string is hostile, and a plain one. */
async function fillHostile(cacheDir: string): Promise<void> {
  for (const [seed, text] of HOSTILE_TEXTS.entries()) {
    await writeSample(cacheDir, {
      seed,
      prompt: `Hostile ${HOSTILE_TEXTS.join(" ")}`,
      reasoning: text,
      content: `${text} needle`,
      provider: text,
      finishReason: text,
      model: text,
    });
  }
  await writeSample(cacheDir, { prompt: "Plain", content: "\\boxed{62}" });
}

Deno.test({
  ...inBrowser,
  name:
    "a cache with hostile texts is shown as plain text in a browser, with later samples",
  fn: async () => {
    await using dir = new TempDir();
    await fillHostile(dir.path);
    const { view } = await openView(dir.path);
    await using _ = view;
    await using server = await serveView(view);
    await using browser = asyncDisposable(await startChromium());
    await using watched = await openPage(browser.value, server.url);
    const { page, faults, requests } = watched;
    await page.getByText("Plain").first().waitFor();
    await writeSample(dir.path, {
      prompt: "It came later",
      created: 1_800_000_000,
    });
    await page.getByText("It came later").first().waitFor({ timeout: 20_000 });
    const { changed } = await view.sets(0);
    const { id } = changed.find(({ promptStart }) =>
      promptStart.startsWith("Hostile")
    )!;
    await page.goto(`${server.url}#/set/${id}`);
    await page.getByText("needle").first().waitFor();
    await page.getByRole("searchbox").first().fill("needle");
    await page.keyboard.press("Enter");
    await page.locator("mark").first().waitFor();
    assertEquals(await page.locator("img, svg [onload]").count(), 0);
    assertEquals(faults, []);
    assert(requests.every((address) => address.startsWith(server.url)));
  },
});

Deno.test({
  ...inBrowser,
  name: "an exported page shows hostile texts as plain text, without a server",
  fn: async () => {
    await using dir = new TempDir();
    const cache = join(dir.path, "cache");
    await fillHostile(cache);
    const { view } = await openView(cache, { isSearched: false });
    await using _ = view;
    await view.whenRead();
    const html = await exportedView(view, "A part of the cache");
    const file = join(dir.path, "out.html");
    await Deno.writeTextFile(file, html);
    const address = `file://${file}`;
    await using browser = asyncDisposable(await startChromium());
    await using watched = await openPage(browser.value, address);
    const { page, faults, requests } = watched;
    await page.getByText("A part of the cache").waitFor();
    const { changed } = await view.sets(0);
    for (const { id } of changed) {
      await page.goto(`${address}#/set/${id}`);
      await page.getByText(/needle|62/).first().waitFor();
    }
    await page.goto(`${address}#/`);
    await page.getByRole("searchbox").first().fill("needle");
    await page.keyboard.press("Enter");
    await page.locator("mark").first().waitFor();
    assertEquals(faults, []);
    assertEquals(requests, [address]);
  },
});

function asyncDisposable<T extends { close(): Promise<void> }>(value: T) {
  return { value, [Symbol.asyncDispose]: () => value.close() };
}
