import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "npm:playwright-core@1.65.1";
import { assertEventuallyEquals } from "../support/assert_eventually_equals.ts";
import { inBrowser, openPage } from "../support/chromium.ts";
import { until } from "../support/until.ts";
import { exampleView } from "../support/view/example_view.ts";
import { MemoryView } from "../support/view/memory_view.ts";
import { serveView } from "../support/view/serve_view.ts";
import { watchedView } from "../support/view/watched_view.ts";

const sets = exampleView({ nSamples: 12 }).slice(0, 4);
const set = sets.find(({ prefill }) => prefill === null)!;
const given = sets.find(({ prefill }) => prefill !== null)!;
const view = new MemoryView(sets);
const right = set.samples.filter(({ answer }) => answer === set.truth);

const served = watchedView(view);

function open(hash: string, width = 1280) {
  return openPage(served.browser, served.url + hash, { width });
}

function cards(page: Page) {
  return page.locator(".card");
}

Deno.test(
  "the viewer shows a set's prompt, parameters, and samples side by side",
  inBrowser,
  async () => {
    await using opened = await open(`#/set/${set.id}?plots=hidden`);
    const { page, faults } = opened;
    const first = cards(page).first();
    await first.locator(".reasoning").waitFor();
    const title = (await page.locator("h1").textContent())!;
    assert(title.startsWith("When the base-16 number"), title);
    assertEquals(await page.locator(".model-name").textContent(), set.model);
    const path = (await page.locator(".path").boundingBox())!;
    assert(path.height < 25, String(path.height));
    const prompt = await page.locator(".prompt-view").textContent();
    assertMatch(prompt!, /^systemYou are a careful.*user.*base-16/);
    assertMatch(
      (await page.locator(".facts").textContent())!,
      /temperature0\.7/,
    );
    const { head, texts, answer } = set.samples[0]!;
    assertEquals(
      await first.locator(".reasoning .text").textContent(),
      texts.reasoning,
    );
    assertEquals(
      await first.locator(".answer .text").textContent(),
      texts.content,
    );
    const about = (await first.locator(".about").textContent())!;
    assert(about.includes(answer!), about);
    assert(about.includes(answer === set.truth ? "✓ right" : "✗ wrong"), about);
    assert(about.includes(head.provider!), about);
    const columns = () =>
      page.locator(".grid-row").first().evaluate(
        (row: { children: { length: number } }) => row.children.length,
      );
    assertEquals(await columns(), 3);
    for (const count of [2, 6]) {
      await page.keyboard.press(String(count));
      await page.waitForURL(new RegExp(`columns=${count}`));
      await assertEventuallyEquals(columns, count);
    }
    assertEquals(faults, []);
  },
);

Deno.test(
  "the viewer cuts a long prompt in the title, and shows all of it on demand",
  inBrowser,
  async () => {
    const prompt = `${"What comes next? ".repeat(40)}Say it.`;
    await using server = await serveView(new MemoryView([{ ...set, prompt }]));
    await using opened = await openPage(
      served.browser,
      `${server.url}#/set/${set.id}?plots=hidden`,
    );
    const { page } = opened;
    const title = page.getByRole("heading", { level: 1 });
    await cards(page).first().waitFor();
    assertMatch(
      (await title.textContent())!,
      /^What comes next\? .{100,150}…$/,
    );
    const whole = page.locator(".prompt-view blockquote");
    assertEquals(await whole.isVisible(), false);
    await page.getByText("Whole prompt").click();
    assertEquals((await whole.textContent())!.trim(), prompt);
    await whole.waitFor();
  },
);

Deno.test(
  "the viewer filters samples by answer, and by the answer marked as right",
  inBrowser,
  async () => {
    await using opened = await open(`#/set/${set.id}`);
    const { page, faults } = opened;
    const status = page.locator(".shown-count");
    const all = set.samples.length;
    const found = set.samples.filter(({ answer }) => answer !== null).length;
    await page.getByText(`(${right.length} of ${found}; 95% interval`)
      .waitFor();
    await page.getByText(`Right answer: ${set.truth}`).waitFor();
    await page.getByRole("button", { name: set.truth!, exact: true }).click();
    await page.getByText(`${right.length} samples of ${all} shown`).waitFor();
    await page.waitForURL(/answer=%3D/);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByLabel("Right or wrong").selectOption("wrong");
    const wrong = found - right.length;
    await page.getByText(`${wrong} sample`).first().waitFor();
    await status.filter({ hasText: new RegExp(`^${wrong} sample`) }).waitFor();
    // Marks another answer as right, which the address keeps.
    const other = set.samples.find(({ answer }) =>
      answer !== set.truth && answer
    )!;
    await page.getByRole("button", { name: `mark as right: ${other.answer}` })
      .click();
    await page.waitForURL(/truth=/);
    const now = set.samples.filter(({ answer }) => answer === other.answer);
    await page.getByText(`(${now.length} of ${found};`).waitFor();
    await page.getByText(`Right answer: ${other.answer} (marked by you)`)
      .waitFor();
    await page.reload();
    await page.getByText(`(${now.length} of ${found};`).waitFor();
    await page.getByLabel("Order").selectOption("-tokens");
    await page.waitForURL(/sort=-tokens/);
    assertEquals(faults, []);
  },
);

Deno.test(
  "the viewer handles every key pressed before it has redrawn the samples",
  inBrowser,
  async () => {
    await using opened = await open(`#/set/${set.id}?plots=hidden`);
    const { page, faults } = opened;
    await cards(page).first().waitFor();
    await page.evaluate(
      `for (const key of ["j", "j", "j", "j", "k"]) {
        dispatchEvent(new KeyboardEvent("keydown", { key }));
      }`,
    );
    await page.locator('[aria-label="Sample, seed 2"]:focus').waitFor();
    assertEquals(faults, []);
  },
);

Deno.test(
  "the viewer moves between samples by keyboard, opens one, and returns",
  inBrowser,
  async () => {
    await using opened = await open(`#/set/${set.id}?plots=hidden`);
    const { page, faults } = opened;
    await cards(page).first().waitFor();
    const current = () =>
      page.evaluate<string>(
        "document.activeElement.getAttribute('aria-label')",
      );
    for (const key of ["j", "j", "ArrowRight", "k"]) {
      await page.keyboard.press(key);
    }
    await assertEventuallyEquals(current, "Sample, seed 1");
    await page.keyboard.press("ArrowDown");
    await assertEventuallyEquals(current, "Sample, seed 4");
    await page.keyboard.press("Enter");
    const title = (seed: number) =>
      page.getByRole("heading", {
        name: new RegExp(`^When the base-16 .*Seed ${seed}$`),
        level: 1,
      });
    await title(4).waitFor();
    await page.keyboard.press("j");
    await title(5).waitFor();
    await until(async () => (await page.title()).startsWith("Seed 5 – When"));
    await page.keyboard.press("ArrowLeft");
    await title(4).waitFor();
    await page.keyboard.press("Escape");
    await cards(page).first().waitFor();
    // Keys continue at the sample that was opened.
    await page.keyboard.press("j");
    await assertEventuallyEquals(current, "Sample, seed 4");
    await page.keyboard.press("j");
    await assertEventuallyEquals(current, "Sample, seed 5");
    assertEquals(faults, []);
  },
);

Deno.test(
  "the viewer returns from a sample to the previous scroll position of its set",
  inBrowser,
  async () => {
    await using opened = await open(`#/set/${set.id}?plots=hidden`);
    const { page } = opened;
    await cards(page).first().waitFor();
    const link = page.getByRole("link", { name: "Seed 10", exact: true });
    // A wheel would still move the page at the click.
    await page.evaluate("scrollTo(0, 1400)");
    await link.click();
    await page.locator(".sample-page").waitFor();
    await assertEventuallyEquals(() => page.evaluate("scrollY"), 0);
    await page.keyboard.press("Escape");
    await link.waitFor();
    await assertEventuallyEquals(() => page.evaluate("scrollY > 900"), true);
  },
);

Deno.test(
  "the viewer shows the differences between two samples",
  inBrowser,
  async () => {
    await using opened = await open(`#/set/${set.id}?plots=hidden`);
    const { page, faults } = opened;
    await cards(page).first().waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("d");
    await page.locator(".card.marked").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("d");
    await page.getByRole("heading", {
      name: "Differences between seed 0 and seed 1",
    }).waitFor();
    const sides = page.getByRole("region", { name: "Reasoning" })
      .locator(".block");
    await sides.first().waitFor();
    const [a, b] = set.samples;
    await assertEventuallyEquals(
      () => sides.allTextContents(),
      [a!.texts.reasoning!, b!.texts.reasoning!],
    );
    await sides.first().locator("del").first().waitFor();
    assertEquals(await sides.first().locator("ins").count(), 0);
    await sides.last().locator("ins").first().waitFor();
    const seed = page.getByRole("region", { name: "Reasoning" })
      .getByText("Seed 1", { exact: true });
    assertEquals(await seed.isVisible(), false);
    await page.setViewportSize({ width: 390, height: 844 });
    await seed.waitFor();
    // A sample is not compared with itself.
    await page.keyboard.press("k");
    await page.keyboard.press("j");
    await page.getByRole("heading", {
      name: "Differences between seed 0 and seed 2",
    }).waitFor();
    await page.keyboard.press("Escape");
    await cards(page).first().waitFor();
    assertEquals(faults, []);
  },
);

Deno.test(
  "the viewer marks the prefill",
  inBrowser,
  async () => {
    await using opened = await open(`#/set/${given.id}?plots=hidden`);
    const { page } = opened;
    await cards(page).first().locator(".reasoning").waitFor();
    const { samples } = given;
    const at = samples.findIndex(({ head }) => head.prefill === "continued");
    const card = page.locator(`[data-place="${at}"]`);
    const thought = given.prefill!.replace("<think>\n", "");
    assertEquals(
      await card.locator(".given-text .text").textContent(),
      thought,
    );
    assertEquals(
      await card.locator(".reasoning .block > .text").textContent(),
      samples[at]!.texts.reasoning,
    );
    assertEquals(
      await page.locator(".given-message blockquote").textContent(),
      thought,
    );
  },
);

Deno.test(
  "the viewer searches within a set",
  inBrowser,
  async () => {
    await using opened = await open(`#/set/${set.id}?plots=hidden`);
    const { page } = opened;
    await cards(page).first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.insertText("small case");
    const { sets: found } = await view.search("small case", {
      set: set.id,
      limit: 100,
    });
    const number = found[set.id]!;
    assert(number > 0 && number < set.samples.length);
    await page.getByText(new RegExp(`^${number} samples? of`)).waitFor();
    assertMatch(
      (await cards(page).first().locator("mark").first().textContent())!,
      /small/,
    );
    await page.evaluate(`location.hash = "#/set/${set.id}?q=zebra"`);
    await page.getByText("No samples match.").waitFor();
  },
);
