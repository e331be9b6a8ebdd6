import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "npm:playwright-core@1.65.1";
import { assertEventuallyEquals } from "../support/assert_eventually_equals.ts";
import { inBrowser, openPage } from "../support/chromium.ts";
import { until } from "../support/until.ts";
import { exampleView } from "../support/view/example_view.ts";
import { MemoryView } from "../support/view/memory_view.ts";
import { watchedView } from "../support/view/watched_view.ts";
import { wheelFrames } from "../support/view/wheel_frames.ts";

const [set] = exampleView({ nSamples: 24 });
const { id, samples, truth } = set!;

const SEEDS = 10_000;
const many = {
  ...set!,
  id: "many",
  samples: Array.from({ length: SEEDS }, (_, seed) => {
    const { head, ...own } = samples[seed % samples.length]!;
    const name = `seed_${String(seed).padStart(5, "0")}.json`;
    return { ...own, head: { ...head, seed, name } };
  }),
};

const small = {
  ...set!,
  id: "small",
  samples: samples.map(({ head, ...own }) => ({
    ...own,
    head: { ...head, seed: 99_000 + head.seed, costUsd: 0.0000123 },
  })),
};

const served = watchedView(new MemoryView([set!, many, small]));

function open(hash: string, width = 1280) {
  return openPage(served.browser, served.url + hash, { width });
}

function rows(page: Page) {
  return page.locator(".sample-table tbody tr:not(.spacer)");
}

/** The seeds of the rendered rows. */
async function seeds(page: Page): Promise<number[]> {
  return (await rows(page).locator("th").allTextContents()).map(Number);
}

function sorted(value: (sample: typeof samples[number]) => number): number[] {
  return samples.toSorted((a, b) =>
    value(a) - value(b) || a.head.seed - b.head.seed
  ).map(({ head }) => head.seed);
}

Deno.test(
  "the viewer's table of samples is sorted and filtered by any column, and its address restores it",
  inBrowser,
  async () => {
    await using opened = await open(`#/set/${id}?plots=hidden`);
    const { page, faults } = opened;
    await page.getByRole("radio", { name: "Table" }).click();
    await rows(page).first().waitFor();
    const head = (name: string) =>
      page.getByRole("columnheader", { name }).getByRole("button");
    const first = samples[0]!;
    const cells = await rows(page).first().locator("td, th").allTextContents();
    assertEquals(cells.slice(1, 5), [
      "0",
      first.answer ?? "no answer",
      first.answer === null
        ? "–"
        : first.answer === truth
        ? "✓ right"
        : "✗ wrong",
      first.head.completionTokens!.toLocaleString("en"),
    ]);
    for (
      const name of [
        "Seed",
        "Answer",
        "Right",
        "Output tokens",
        "Cost",
        "Provider",
        "Finish reason",
        "Latency",
      ]
    ) {
      await head(name).click();
      await page.locator("[aria-sort]").getByText(name).waitFor();
    }
    await page.waitForURL(/sort=-latency/);
    const byLatency = sorted(({ head }) => -head.latencyMs!);
    await until(async () => (await seeds(page))[0] === byLatency[0]);
    await head("Latency").click();
    await page.waitForURL(/sort=latency/);
    const slow = 10;
    await page.getByLabel("Latency (s)").fill(`>${slow}`);
    await page.getByLabel("Provider").selectOption(first.head.provider!);
    await page.waitForURL(/latency=%3E10.*/);
    const wanted = sorted(({ head }) => head.latencyMs!).filter((seed) => {
      const { head } = samples[seed]!;
      return head.latencyMs! > 1000 * slow &&
        head.provider === first.head.provider;
    });
    assert(wanted.length > 2 && wanted.length < 20);
    await page.getByText(`${wanted.length} samples of ${samples.length} shown`)
      .waitFor();
    await assertEventuallyEquals(() => seeds(page), wanted);
    await page.reload();
    await assertEventuallyEquals(() => seeds(page), wanted);
    assertEquals(await page.getByLabel("Latency (s)").inputValue(), `>${slow}`);
    const cost = page.getByLabel("Cost ($)");
    const wrong = page.getByText("not a range such as 100-200");
    const before = await cost.boundingBox();
    await cost.fill(">");
    await page.waitForURL(/cost=%3E(&|$)/);
    assertEquals(await wrong.count(), 0);
    await cost.fill("cheap");
    await wrong.waitFor();
    assertEquals(await cost.boundingBox(), before);
    await cost.fill(">");
    await cost.blur();
    await wrong.waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByText(`${samples.length} samples`, { exact: true })
      .waitFor();
    assertEquals(faults, []);
  },
);

Deno.test(
  "the keyboard alone reaches every row and control of the table",
  inBrowser,
  async () => {
    await using opened = await open(`#/set/many?plots=hidden`);
    const { page, faults } = opened;
    await page.locator(".card").first().waitFor();
    await page.keyboard.press("t");
    await rows(page).first().waitFor();
    const focused = () =>
      page.evaluate<string>(
        "document.activeElement.ariaLabel ?? document.activeElement.textContent",
      );
    for (const key of ["j", "ArrowDown", "ArrowDown", "k"]) {
      await page.keyboard.press(key);
    }
    await assertEventuallyEquals(focused, "Seed 1");
    await page.keyboard.press("End");
    await until(async () => await focused() === `Seed ${SEEDS - 1}`);
    await page.keyboard.press("Home");
    await until(async () => await focused() === "Seed 0");
    // Tab leaves the table, of which it reaches only the current row.
    const reached: string[] = [];
    await page.evaluate("document.activeElement.blur()");
    await page.evaluate("document.querySelector('.top-bar a').focus()");
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      const name = await focused();
      if (name === "Seed 0") break;
      reached.push(name);
    }
    const text = reached.join("|");
    for (const name of ["Latency", "Provider", "Finish reason", "Cost"]) {
      assertMatch(text, new RegExp(`(^|\\|)${name}`));
    }
    await page.keyboard.press("d");
    await page.locator("tr.picked").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: /Seed 1$/ }).waitFor();
    await page.keyboard.press("Escape");
    await rows(page).first().waitFor();
    assertEquals(faults, []);
  },
);

for (const [view, item] of [["table", "tr[aria-rowindex]"], ["", ".card"]]) {
  Deno.test(
    `10,000 samples scroll by the wheel as ${view || "cards"}`,
    inBrowser,
    async () => {
      await using opened = await open(`#/set/many?plots=hidden&view=${view}`);
      const { page, faults } = opened;
      await page.locator(item!).first().waitFor();
      const { framesPerSecond, longestMs, scrolled, blank } = await wheelFrames(
        page,
        item!,
      );
      console.log(
        `${view || "cards"}: ${
          framesPerSecond.toFixed(1)
        } frames a second, the longest ${
          longestMs.toFixed(0)
        } ms; ${scrolled} pixels, ${blank} frames without a row`,
      );
      assert(scrolled > 1_000, String(scrolled));
      // Only the rows near the window are rendered.
      assert(await page.locator(item!).count() < 100);
      assertEquals(faults, []);
    },
  );
}

Deno.test(
  "the call that made a set is copied as TypeScript and as a command",
  inBrowser,
  async () => {
    await using opened = await open(`#/set/${id}?plots=hidden`);
    const { page } = opened;
    const { origin } = new URL(served.url);
    await page.context().grantPermissions(
      ["clipboard-read", "clipboard-write"],
      { origin },
    );
    const copied = async (name: string) => {
      await page.getByRole("button", { name }).click();
      await page.getByText(name.replace("Copy", "Copied")).waitFor();
      return await page.evaluate<string>("navigator.clipboard.readText()");
    };
    assertMatch(
      await copied("Copy call as TypeScript"),
      /model: "qwen[^]*topP: 0.95[^]*nSamples: 48/,
    );
    assertMatch(
      await copied("Copy call as command"),
      /^rollouts run - --model=qwen.*--top-p=0.95.*--n-samples=48/,
    );
  },
);

Deno.test(
  "the table shows small costs and high seeds in full",
  inBrowser,
  async () => {
    for (const width of [1280, 920]) {
      await using opened = await open(
        "#/set/small?plots=hidden&view=table",
        width,
      );
      const { page } = opened;
      await rows(page).first().waitFor();
      const cut = await page.evaluate<string[]>(
        `[...document.querySelectorAll(".sample-table :is(.seed, .tokens, .cost, .latency)")]
          .filter((cell) => cell.scrollWidth > cell.clientWidth)
          .map((cell) => cell.textContent)`,
      );
      assertEquals(cut, []);
      assert((await rows(page).first().textContent())!.includes("$0.000012"));
    }
  },
);
