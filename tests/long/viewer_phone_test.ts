import { assert, assertEquals, assertMatch } from "@std/assert";
import { assertEventuallyEquals } from "../support/assert_eventually_equals.ts";
import { inBrowser, openPage } from "../support/chromium.ts";
import { exampleView } from "../support/view/example_view.ts";
import { MemoryView } from "../support/view/memory_view.ts";
import { serveView } from "../support/view/serve_view.ts";
import { watchedView } from "../support/view/watched_view.ts";

const WIDTH = 390;

const [set, ...others] = exampleView({ nSamples: 8 }).slice(0, 3);
/** A set whose answers are one long word. */
const wordy = {
  ...set!,
  id: "wordy",
  samples: set!.samples.map((sample) => ({
    ...sample,
    answer: "\\sqrt{5}".repeat(20),
  })),
};

const served = watchedView(new MemoryView([set!, wordy, ...others]));

function open(hash: string) {
  return openPage(served.browser, served.url + hash, { width: WIDTH });
}

Deno.test(
  "the viewer shows a sample in the first window of a phone",
  inBrowser,
  async () => {
    await using opened = await open(`#/set/${set!.id}`);
    const { page, faults } = opened;
    const card = page.locator(".card").first();
    await card.waitFor();
    assertEquals(await page.locator(".drawing").count(), 0);
    await page.locator(".filter-fold:not([open])").waitFor();
    const { y } = (await card.boundingBox())!;
    assertEquals(y < 600, true, `the first sample begins at ${y}`);
    const copy = page.getByRole("button", { name: "Copy call as command" });
    assertEquals(await copy.isVisible(), false);
    await page.getByText("Whole prompt, call, and path").click();
    await copy.waitFor();
    assertEquals(faults, []);
  },
);

Deno.test(
  "the viewer keeps in the address that the plots are shown on a phone",
  inBrowser,
  async () => {
    await using opened = await open("#/");
    const { page } = opened;
    await page.locator(".set-table tbody .prompt").first().waitFor();
    await page.getByText("Overview").click();
    await page.locator(".drawing").first().waitFor();
    await page.waitForURL(/plots=shown/);
    await page.getByText("Overview").click();
    await assertEventuallyEquals(() => page.locator(".drawing").count(), 0);
    assertEquals(new URL(page.url()).hash.includes("plots"), false);
  },
);

Deno.test(
  "the viewer opens filters on a phone if one is set",
  inBrowser,
  async () => {
    for (const hash of ["#/?finish=stop", `#/set/${set!.id}?finish=stop`]) {
      await using opened = await open(hash);
      const { page } = opened;
      await page.getByText("Filters (1 active)").waitFor();
      await page.getByRole("button", { name: "Clear filters" }).click();
      await page.getByText("Filters", { exact: true }).waitFor();
      await page.locator(".filter-fold[open]").waitFor();
    }
  },
);

Deno.test(
  "the viewer's pages are as wide as a phone when answers are long words",
  inBrowser,
  async () => {
    for (const hash of ["set/wordy", `compare/${set!.id}/wordy`]) {
      await using opened = await open(`#/${hash}?plots=shown`);
      const { page } = opened;
      await page.locator(".answer-text", { hasText: "…" }).first().waitFor();
      const end = "document.documentElement.scrollWidth";
      assertEquals(await page.evaluate(end), WIDTH, hash);
      assertEquals(
        await page.evaluate(
          `[...document.querySelectorAll("figure.bars table")].filter((table) =>
            table.getBoundingClientRect().right > ${WIDTH - 15}).length`,
        ),
        0,
        hash,
      );
    }
  },
);

Deno.test(
  "the viewer shows every measure of compared sets in the width of a phone",
  inBrowser,
  async () => {
    const ids = [set!, ...others].map(({ id }) => id).join("/");
    await using opened = await open(`#/compare/${ids}`);
    const { page } = opened;
    await page.getByText("Holm’s correction").waitFor();
    const cells = await page.evaluate<[string, string, number][]>(
      `[...document.querySelectorAll(".measure-table td")].map((cell) => [
        cell.dataset.label,
        getComputedStyle(cell, "::before").content,
        cell.firstElementChild.getBoundingClientRect().right,
      ])`,
    );
    const sets = ["Samples", "Right", "Output tokens", "Cost", "Total cost"];
    const pairs = ["Seeds", "Same answer", "Right", "Output tokens", "Cost"];
    assertEquals(
      cells.map(([title]) => title),
      [sets, sets, sets, pairs, pairs, pairs].flat(),
    );
    for (const [title, shown, right] of cells) {
      assert(shown.includes(title), `${shown} has the title ${title}`);
      assert(right <= WIDTH, `${title} ends at ${right} pixels`);
    }
  },
);

Deno.test(
  "the second of two samples is changed without keys",
  inBrowser,
  async () => {
    const names = set!.samples.map(({ head }) => head.name);
    await using opened = await open(
      `#/set/${set!.id}?diff=${names[0]}+${names[1]}`,
    );
    const { page } = opened;
    await page.getByText(`second sample: 1 of ${names.length - 1}`).waitFor();
    await page.getByRole("link", { name: "Next →" }).click();
    await page.getByRole("heading", { name: /seed 0 and seed 2$/ }).waitFor();
    const help = page.getByRole("button", { name: "Help" });
    assert((await help.boundingBox())!.width > 28);
    assertEquals(await page.getByRole("searchbox").count(), 0);
    await page.getByRole("link", { name: "This set" }).click();
    await page.locator(".card").first().waitFor();
    await page.getByRole("searchbox").waitFor();
  },
);

Deno.test(
  "the button of the next match stays in its place on a phone",
  inBrowser,
  async () => {
    const { name } = set!.samples[0]!.head;
    await using opened = await open(`#/set/${set!.id}/${name}?q=the`);
    const { page } = opened;
    const next = page.getByRole("button", { name: "Next match" });
    await next.waitFor();
    const { x, y } = (await next.boundingBox())!;
    await next.click();
    await page.getByText(/^1 of \d+ matches$/).waitFor();
    const after = (await next.boundingBox())!;
    assertEquals(after.x, x);
    // It is at the top of the window if the page has scrolled to the match.
    assert(after.y <= y);
  },
);

Deno.test(
  "no page is wider than the narrowest window, and no value is cut there",
  inBrowser,
  async () => {
    const model =
      "cognitivecomputations/dolphin-mistral-24b-venice-edition:free";
    const long = new MemoryView([{ ...set!, model }, ...others]);
    await using own = await serveView(long);
    const { name } = set!.samples[0]!.head;
    const pages = [
      [`?model=${encodeURIComponent(model)}`, ".set-table tbody .cost"],
      ["", ".set-table tbody .cost"],
      [`set/${set!.id}?view=table`, ".sample-table a"],
      [`set/${set!.id}/${name}`, ".sample-main .block"],
    ];
    for (const [hash, seen] of pages) {
      await using opened = await openPage(
        served.browser,
        `${own.url}#/${hash}`,
        { width: 320 },
      );
      const { page } = opened;
      await page.locator(seen!).first().waitFor();
      const end = "document.documentElement.scrollWidth";
      assertEquals(await page.evaluate(end), 320, hash);
      const cut = await page.evaluate<string[]>(
        `[...document.querySelectorAll("td:is(.samples, .tokens, .cost, .newest, .latency, .provider, .right), .steps a")]
        .filter((box) => box.scrollWidth > box.clientWidth + 1 ||
          box.getBoundingClientRect().right > 320).map((box) => box.textContent)`,
      );
      assertEquals(cut, [], hash);
    }
  },
);

Deno.test(
  "the viewer shows a command that fills an empty cache",
  inBrowser,
  async () => {
    await using empty = await serveView(new MemoryView([], "/data/it's new"));
    for (const width of [WIDTH, 1280]) {
      await using opened = await openPage(served.browser, empty.url, { width });
      const { page, faults } = opened;
      const command = await page.locator(".command").textContent();
      assertMatch(
        command!,
        /^rollouts generate --model=\S+ --cache-dir='\/data\/it'\\''s new' --n-samples=8 -- '[^']+'$/,
      );
      assertEquals(faults, []);
    }
  },
);
