import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path/join";
import { assertEventuallyEquals } from "../support/assert_eventually_equals.ts";
import { inBrowser, openPage } from "../support/chromium.ts";
import { TempDir } from "../support/temp_dir.ts";
import { exampleView } from "../support/view/example_view.ts";
import { exportedView } from "../support/view/exported_view.ts";
import { MemoryView } from "../support/view/memory_view.ts";
import { serveView } from "../support/view/serve_view.ts";
import { watchedView } from "../support/view/watched_view.ts";

const sets = exampleView({ nSamples: 12 }).slice(0, 4);
const set = sets.find(({ prefill }) => prefill === null)!;
const given = sets.find(({ prefill }) => prefill !== null)!;
const view = new MemoryView(sets);

const served = watchedView(view);

Deno.test(
  "the viewer compares two sets",
  inBrowser,
  async () => {
    await using opened = await openPage(
      served.browser,
      `${served.url}#/?plots=hidden`,
    );
    const { page, faults } = opened;
    const boxes = page.getByRole("checkbox", { name: /^Compare/ });
    await boxes.first().waitFor();
    await page.evaluate(`location.hash = "#/?pick=${set.id}+${given.id}"`);
    await page.getByRole("link", { name: /^Compare \d+ sets$/ }).click();
    await page.locator(".compare-page .answer-pairs").waitFor();
    const first = page.locator(".answer-pairs tbody tr").first();
    assertMatch(
      (await first.textContent())!,
      new RegExp(`^${set.truth}✓ right`),
    );
    await assertEventuallyEquals(
      () => page.getByRole("img", { name: /^Shares of right answers/ }).count(),
      1,
    );
    // The page says each difference and each measure once.
    assertEquals(await page.locator(".set-settings").count(), 0);
    const widths = await page.evaluate<number[]>(
      `[...document.querySelectorAll(".answer-pairs .track")].map((track) => track.clientWidth)`,
    );
    assertEquals(new Set(widths).size, 1);
    assertEquals(
      await page.getByRole("table", { name: "Medians of both" })
        .locator("tbody th").allTextContents(),
      ["Reasoning tokens", "Latency"],
    );
    await page.locator("#seeds-title").scrollIntoViewIfNeeded();
    const pair = page.locator(".grid-row").first().locator(".card");
    await pair.first().locator(".reasoning").waitFor();
    await assertEventuallyEquals(() => pair.locator("h3").allTextContents(), [
      "ASeed 0",
      "BSeed 0",
    ]);
    await page.getByRole("link", { name: "Swap A and B" }).click();
    await page.waitForURL(new RegExp(`compare/${given.id}/${set.id}`));
    assertEquals(faults, []);
  },
);

Deno.test(
  "the viewer tells sets apart that differ only in their system messages",
  inBrowser,
  async () => {
    const ask = { role: "user", content: "What is 2 + 2?" } as const;
    const alike = [null, "Be brief.", "Be careful."].map((system, place) => ({
      ...set,
      id: `alike-${place}`,
      prompt: system === null
        ? [ask]
        : [{ role: "system", content: system } as const, ask],
    }));
    await using own = await serveView(new MemoryView(alike));
    await using opened = await openPage(
      served.browser,
      `${own.url}#/?plots=hidden`,
    );
    const { page, faults } = opened;
    const rows = page.locator(".set-table tbody .prompt");
    await assertEventuallyEquals(
      async () => (await rows.allTextContents()).sort(),
      [
        "What is 2 + 2?system Be brief.",
        "What is 2 + 2?system Be careful.",
        "What is 2 + 2?system none",
      ],
    );
    const ids = alike.map(({ id }) => id);
    await page.evaluate(`location.hash = "#/?pick=${ids.join("+")}"`);
    const chosen = page.locator(".comparison-bar li");
    const settings = [
      "no system message",
      "system message “Be brief.”",
      "system message “Be careful.”",
    ];
    await assertEventuallyEquals(
      () => chosen.locator(".share").allTextContents(),
      settings,
    );
    await page.getByRole("link", { name: /^Compare \d+ sets$/ }).click();
    await assertEventuallyEquals(
      () => page.locator(".set-settings").allTextContents(),
      settings,
    );
    await page.getByText("The system messages differ.").waitFor();
    assertEquals(faults, []);
  },
);

Deno.test(
  "the viewer leaves room for the list when 26 sets are selected",
  inBrowser,
  async () => {
    const many = Array.from({ length: 26 }, (_, place) => ({
      ...set,
      id: `many-${place}`,
    }));
    await using own = await serveView(new MemoryView(many));
    for (const width of [390, 1280]) {
      const ids = many.map(({ id }) => id).join("+");
      await using opened = await openPage(
        served.browser,
        `${own.url}#/?plots=hidden&pick=${ids}`,
        { width },
      );
      const { page } = opened;
      const bar = page.locator(".comparison-bar");
      await bar.waitFor();
      const { height } = (await bar.boundingBox())!;
      assert(height < 330, `${height} pixels of 800`);
      const button = page.getByRole("link", { name: /^Compare \d+ sets$/ });
      const box = (await button.boundingBox())!;
      assert(box.y > 0 && box.y + box.height <= 800);
    }
  },
);

Deno.test(
  "the viewer compares three sets, each with its own right answer, and saves the numbers",
  inBrowser,
  async () => {
    const all = [sets[0]!, sets[1]!, sets[3]!];
    assert(new Set(all.map(({ truth }) => truth)).size > 1);
    await using opened = await openPage(
      served.browser,
      `${served.url}#/?plots=hidden&pick=${all.map(({ id }) => id).join("+")}`,
    );
    const { page, faults } = opened;
    await page.getByRole("link", { name: /^Compare \d+ sets$/ }).click();
    const cells = page.locator(".measure-table tbody tr");
    await page.getByText("Holm’s correction for 9 tests").waitFor();
    await assertEventuallyEquals(() => cells.count(), 3 + 3);
    for (const [place, { samples, truth }] of all.entries()) {
      const found = samples.filter(({ answer }) => answer !== null);
      const right = found.filter(({ answer }) => answer === truth);
      assertMatch(
        (await cells.nth(place).locator(".share").first().textContent())!,
        new RegExp(` ${right.length} of ${found.length} answers$`),
      );
    }
    await page.getByText("Whole prompts").click();
    const prompts = page.locator(".whole-prompt .prompt-view");
    await prompts.last().waitFor();
    assertEquals(await prompts.count(), 3);
    await page.getByRole("radio", { name: "With A" }).click();
    await page.getByText("Holm’s correction for 6 tests").waitFor();
    await page.waitForURL(/pairs=first/);
    const saved = async (name: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name }).click(),
      ]);
      return await Deno.readTextFile(await download.path());
    };
    const { sets: rows, pairs } = JSON.parse(await saved("All as JSON"));
    assertEquals(rows.map(({ model }: { model: string }) => model), [
      ...all.map(({ model }) => model),
    ]);
    assertEquals(pairs.length, 2);
    const csv = (await saved("Pairs as CSV")).split("\r\n");
    assertEquals(csv.length, 1 + 2 + 1);
    assertMatch(csv[0]!, /^first,second,seeds,.*cost_usd_permutation_p_holm$/);
    assertEquals(faults, []);
  },
);

Deno.test(
  "the viewer opens an exported page, and the address of a sample in it, from a file",
  inBrowser,
  async () => {
    await using dir = new TempDir();
    const file = join(dir.path, "view.html");
    await Deno.writeTextFile(file, await exportedView(view));
    const { name } = set.samples[2]!.head;
    const address = `file://${file}`;
    await using opened = await openPage(
      served.browser,
      `${address}#/set/${set.id}/${name}?text=plain`,
    );
    const { page, faults, requests } = opened;
    await page.locator(".sample-main .reasoning").waitFor();
    assertEquals(
      await page.locator(".sample-main .reasoning .text").textContent(),
      set.samples[2]!.texts.reasoning,
    );
    await page.getByRole("link", { name: "All sets" }).click();
    await page.locator(".set-table tbody tr").first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.insertText('"small case"');
    await page.locator(".hits mark").first().waitFor();
    const found = await view.search('"small case"', { set: null, limit: 1 });
    await page.locator(".hits [role=status]", {
      hasText: new RegExp(`^${found.total} texts match`),
    }).waitFor();
    assertEquals(faults, []);
    assertEquals(
      requests,
      [`${address}#/set/${set.id}/${name}`].map((it) => it.split("#")[0]),
    );
  },
);
