import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "npm:playwright-core@1.65.1";
import { assertEventuallyEquals } from "../support/assert_eventually_equals.ts";
import { inBrowser, openPage } from "../support/chromium.ts";
import { exampleView } from "../support/view/example_view.ts";
import { LIVE, LIVE_TEXT } from "../support/view/live_state.ts";
import { MemoryView } from "../support/view/memory_view.ts";
import { serveView } from "../support/view/serve_view.ts";
import { watchedView } from "../support/view/watched_view.ts";

const sets = exampleView({ nSamples: 8 });
const view = new MemoryView(sets);

const served = watchedView(view);

function rows(page: Page) {
  return page.locator(".set-table tbody tr:not(.spacer)");
}

/** Returns the numbers that the page shows about its sets, by name. */
async function total(page: Page, name: string): Promise<string | null> {
  return await page.locator(".totals div", { hasText: name }).locator("dd")
    .first().textContent();
}

Deno.test(
  "the viewer shows all sets without reading the texts of samples",
  inBrowser,
  async () => {
    const asked = view.textsAsked;
    await using opened = await openPage(served.browser, served.url);
    const { page, faults, requests } = opened;
    await rows(page).first().waitFor();
    await assertEventuallyEquals(() => page.title(), "rollouts – rollouts");
    assertEquals(await total(page, "Sets"), String(sets.length));
    const samples = sets.reduce((sum, set) => sum + set.samples.length, 0);
    assertEquals(await total(page, "Samples"), samples.toLocaleString("en"));
    const table = page.getByRole("table", { name: "Sets" });
    assertEquals(
      await table.getAttribute("aria-rowcount"),
      String(sets.length + 1),
    );
    // Rows outside the window are not in the page.
    assert(await rows(page).count() < 30);
    await assertEventuallyEquals(
      () => page.getByRole("img", { name: /^(Bars over|Histogram)/ }).count(),
      2,
    );
    assertEquals(view.textsAsked, asked);
    assertEquals(faults, []);
    const { origin } = new URL(served.url);
    assert(requests.every((address) => address.startsWith(origin)));
  },
);

Deno.test(
  "the viewer sorts sets by a column in both directions",
  inBrowser,
  async () => {
    await using opened = await openPage(
      served.browser,
      `${served.url}#/?plots=hidden`,
    );
    const { page } = opened;
    const head = page.getByRole("columnheader", { name: "Samples" });
    const first = rows(page).first().locator(".samples");
    await head.getByRole("button").click();
    await page.locator("[aria-sort=descending].samples").waitFor();
    const counts = sets.map(({ samples }) => samples.length);
    await assertEventuallyEquals(
      () => first.textContent(),
      String(Math.max(...counts)),
    );
    await head.getByRole("button").click();
    await page.locator("[aria-sort=ascending].samples").waitFor();
    await assertEventuallyEquals(
      () => first.textContent(),
      String(Math.min(...counts)),
    );
    await page.waitForURL(/sort=samples/);
    assertEquals(await page.locator("[aria-sort]").count(), 1);
  },
);

Deno.test(
  "the viewer filters sets, sums up the rest, and keeps the filter in the address",
  inBrowser,
  async () => {
    await using opened = await openPage(served.browser, served.url);
    const { page, faults } = opened;
    const of = (model: string) => sets.filter((set) => set.model === model);
    await page.getByLabel("Model").selectOption("openai/gpt-oss-20b");
    const left = of("openai/gpt-oss-20b").length;
    await page.getByText(`${left} of ${sets.length}`).waitFor();
    await page.waitForURL(/model=openai%2Fgpt-oss-20b/);
    await page.getByLabel("Prefill").selectOption("given");
    await page.getByText(
      `${
        of("openai/gpt-oss-20b").filter(({ prefill }) => prefill !== null)
          .length
      } of ${sets.length}`,
    ).waitFor();
    await page.reload();
    await rows(page).first().waitFor();
    await assertEventuallyEquals(
      () => page.getByLabel("Model").inputValue(),
      "openai/gpt-oss-20b",
    );
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByLabel("Model").selectOption({ index: 0 });
    await assertEventuallyEquals(
      () => total(page, "Sets"),
      String(sets.length),
    );
    // The page reports that nothing matches.
    await page.evaluate("location.hash = '#/?model=nobody'");
    await page.getByText(`None of ${sets.length} sets matches.`).waitFor();
    assertEquals(faults, []);
  },
);

Deno.test(
  "a search counts and shows only the sets that pass the filters",
  inBrowser,
  async () => {
    const found = await view.search('"double letter"', {
      set: null,
      limit: 1000,
    });
    const ids = Object.keys(found.sets);
    const matching = sets.filter(({ id }) => ids.includes(id));
    const [{ model }] = matching as [typeof matching[0]];
    const passing = matching.filter((set) => set.model === model);
    assert(passing.length < matching.length);
    const query = new URLSearchParams({ q: '"double letter"', model });
    await using opened = await openPage(
      served.browser,
      `${served.url}#/?${query}`,
    );
    const { page, faults } = opened;
    const texts = passing.reduce((sum, { id }) => sum + found.sets[id]!, 0);
    const status = page.locator(".hits [role=status]");
    await status.filter({
      hasText: `${texts} texts match in ${passing.length} sets.`,
    }).waitFor();
    await assertEventuallyEquals(
      () => total(page, "Sets"),
      `${passing.length} of ${sets.length}`,
    );
    const models = await page.locator(".hit-set .note bdi").allTextContents();
    assertEquals(models.filter((name) => name !== model), []);
    const absent = sets.find((set) =>
      !matching.some((own) => own.model === set.model)
    );
    if (absent !== undefined) {
      query.set("model", absent.model);
      await page.evaluate(`location.hash = "#/?${query}"`);
      await status.filter({ hasText: "No matches" }).waitFor();
      assertEquals(await page.locator(".hit-sets li").count(), 0);
    }
    assertEquals(faults, []);
  },
);

Deno.test(
  "the viewer searches prompts and texts, marks the words, and links to the sample",
  inBrowser,
  async () => {
    await using opened = await openPage(served.browser, served.url);
    const { page, faults } = opened;
    await rows(page).first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.insertText('"double letter"');
    const hits = page.locator(".hit-sets > li");
    await hits.first().waitFor();
    const found = await view.search('"double letter"', {
      set: null,
      limit: 1000,
    });
    const number = Object.keys(found.sets).length;
    const listed = await hits.count();
    assert(listed < number);
    await assertEventuallyEquals(
      () => page.locator(".hits [role=status]").textContent(),
      `${found.total} texts match in ${number} sets. Excerpts are from ${listed} sets. Show the ${number} sets in the table`,
    );
    await assertEventuallyEquals(
      () => total(page, "Sets"),
      `${number} of ${sets.length}`,
    );
    const marked = await page.locator(".hits mark").allTextContents();
    assertMatch(marked[0]!, /^double letter$/i);
    // If an excerpt ends within the words, so does the mark.
    assertEquals(
      marked.filter((text) => !"double letter".startsWith(text.toLowerCase())),
      [],
    );
    await page.locator(".hit").first().click();
    await page.getByRole("heading", { level: 1, name: /Seed \d+$/ }).waitFor();
    await page.goBack();
    await hits.first().waitFor();
    await page.keyboard.press("/");
    await page.keyboard.press("Escape");
    await hits.first().waitFor({ state: "detached" });
    assertEquals(faults, []);
  },
);

Deno.test(
  "the viewer moves between sets by keyboard, and returns from one",
  inBrowser,
  async () => {
    await using opened = await openPage(
      served.browser,
      `${served.url}#/?plots=hidden`,
    );
    const { page } = opened;
    await rows(page).first().waitFor();
    for (const key of ["j", "j", "j", "k"]) await page.keyboard.press(key);
    const second = rows(page).nth(1).locator(".prompt a");
    const focused = "document.activeElement.id";
    await assertEventuallyEquals(
      () => page.evaluate(focused),
      await second.getAttribute("id"),
    );
    await page.evaluate("location.hash += '&finish=stop&sort=-cost'");
    await page.getByText("Clear filters").waitFor();
    await rows(page).first().locator(".prompt a").press("Enter");
    await page.locator(".set-page h1").waitFor();
    // Escape leaves a field, and then the page. The list is as it was left.
    await page.getByLabel("Order").focus();
    await page.keyboard.press("Escape");
    await assertEventuallyEquals(
      () => page.evaluate("document.activeElement === document.body"),
      true,
    );
    await page.keyboard.press("Escape");
    await rows(page).first().waitFor();
    await page.waitForURL(/finish=stop&sort=-cost/);
    const third = rows(page).nth(2).locator(".prompt a");
    await third.press("Enter");
    // The loaded page has another title, which has the focus too.
    await page.locator(".set-page h1").waitFor();
    await assertEventuallyEquals(
      () => page.evaluate("document.activeElement.tagName"),
      "H1",
    );
    await page.getByRole("link", { name: "All sets" }).click();
    await page.waitForURL(/finish=stop&sort=-cost/);
    // Keys continue at the set that was opened.
    await third.waitFor();
    await page.keyboard.press("j");
    await assertEventuallyEquals(
      () => page.evaluate(focused),
      await third.getAttribute("id"),
    );
    await page.getByRole("link", { name: "All sets" }).click();
    await assertEventuallyEquals(() => new URL(page.url()).hash, "#/");
    // The page lists the keys.
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Help" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  },
);

Deno.test(
  "the viewer shows new samples as they are read, and reports that the server stopped",
  inBrowser,
  async () => {
    const [first, second, third] = exampleView({ nSamples: 4 });
    const filling = new MemoryView([]);
    filling.reading = { done: 0, total: 4, secondsLeft: 75 };
    await using other = await serveView(filling);
    await using opened = await openPage(served.browser, other.url);
    const { page } = opened;
    await page.getByText("The first samples are being read.").waitFor();
    await page.getByText("0 of 4 samples read, about 75 s left.").waitFor();
    filling.reading = null;
    filling.live = LIVE;
    await assertEventuallyEquals(
      () => page.getByLabel("In progress").innerText(),
      LIVE_TEXT,
    );
    filling.live = null;
    await page.getByLabel("In progress").waitFor({ state: "detached" });
    filling.put({ ...first!, samples: first!.samples.slice(0, 2) });
    await rows(page).first().waitFor();
    filling.put(first!);
    filling.put(second!);
    await page.locator(".set-table .samples", {
      hasText: String(first!.samples.length),
    }).first().waitFor();
    await assertEventuallyEquals(() => rows(page).count(), 2);
    await page.evaluate(`location.hash = "#/set/${third!.id}"`);
    await page.getByText("This set is not in the cache.").waitFor();
    filling.put(third!);
    await page.locator(".set-page h1").waitFor();
    await other[Symbol.asyncDispose]();
    await page.getByText("The server has stopped.").waitFor();
    assert(await page.locator(".set-page h1").isVisible());
  },
);

Deno.test(
  "the viewer renders only the visible rows of 5,000 sets",
  inBrowser,
  async () => {
    const [set] = sets;
    const many = new MemoryView(
      Array.from({ length: 5_000 }, (_, i) => ({
        ...set!,
        id: `set${i}`,
        prompt: `Prompt number ${i}`,
        samples: set!.samples.slice(0, 1),
      })),
    );
    await using other = await serveView(many);
    await using opened = await openPage(
      served.browser,
      `${other.url}#/?plots=hidden&sort=prompt`,
    );
    const { page, faults } = opened;
    page.setDefaultTimeout(20_000);
    await rows(page).first().waitFor();
    await page.evaluate("scrollTo(0, document.body.scrollHeight)");
    await page.getByText("Prompt number 999", { exact: true }).waitFor();
    assert(await rows(page).count() < 40);
    assertEquals(
      await rows(page).last().getAttribute("aria-rowindex"),
      "5001",
    );
    assertEquals(faults, []);
  },
);
