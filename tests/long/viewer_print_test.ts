import { assert, assertEquals } from "@std/assert";
import { inBrowser, openPage } from "../support/chromium.ts";
import { exampleView } from "../support/view/example_view.ts";
import { MemoryView } from "../support/view/memory_view.ts";
import { watchedView } from "../support/view/watched_view.ts";
import { until } from "../support/until.ts";

const sets = exampleView({ nSamples: 48 });
const [set, other] = sets;
const many = {
  ...set!,
  id: "many",
  samples: Array.from({ length: 600 }, (_, seed) => {
    const { head, ...own } = set!.samples[seed % 48]!;
    return { ...own, head: { ...head, seed, name: `seed_${seed}.json` } };
  }),
};

const served = watchedView(new MemoryView([...sets, many]));

/** Lists, the selector of an item, and the number of printed items. */
const LISTS:
  readonly (readonly [hash: string, item: string, printed: number])[] = [
    ["#/", ".set-table tbody tr", sets.length + 1],
    [`#/set/${set!.id}`, ".card", set!.samples.length],
    ["#/set/many?view=table", ".sample-table tbody tr", 500],
    [`#/compare/${set!.id}/${other!.id}`, ".card", 2 * set!.samples.length],
  ];

Deno.test(
  "a print has every item of a list up to 500, no blank space, and no controls",
  inBrowser,
  async () => {
    await using opened = await openPage(served.browser, served.url);
    const { page, faults } = opened;
    for (const [hash, item, printed] of LISTS) {
      await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
      await page.locator(item).first().waitFor();
      // As a browser does: what this event does not render at once is not printed.
      const rendered = await page.evaluate<number>(
        `dispatchEvent(new Event("beforeprint")), Promise.resolve().then(() =>
        document.querySelectorAll(${JSON.stringify(item)}).length)`,
      );
      assertEquals(rendered, printed, hash);
      await page.emulateMedia({ media: "print" });
      const notes = await page.locator(".cut-note").allTextContents();
      assertEquals(notes, printed === 500 ? ["First 500 of 600"] : [], hash);
      const controls = page.locator(
        "select, input, button:not(.name, .number, .row-table thead button, .more, .met)",
      );
      assertEquals(
        await controls.filter({ visible: true }).allTextContents(),
        [],
        hash,
      );
      // The page measures what it has rendered, and then sets its height.
      await until(async () => {
        const last = (await page.locator(item).last().boundingBox())!;
        const bottom = await page.evaluate<number>(
          "document.documentElement.scrollHeight - scrollY",
        );
        return bottom - last.y - last.height < 100;
      });
      const cut = await page.evaluate<string[]>(
        `[...document.querySelectorAll("blockquote, .block, .wide-table")]
        .filter((box) => getComputedStyle(box).overflow !== "visible").map((box) => box.className)`,
      );
      assertEquals(cut, [], hash);
      await page.emulateMedia({ media: "screen" });
      await page.evaluate("dispatchEvent(new Event('afterprint'))");
      assertEquals(faults, []);
    }
  },
);

Deno.test(
  "the print of sets on A4 has their parameters once, and the column that sorts them",
  inBrowser,
  async () => {
    await using opened = await openPage(
      served.browser,
      served.url + "#/?sort=-cost",
      { width: 794 },
    );
    const { page } = opened;
    await page.emulateMedia({ media: "print" });
    const row = page.locator(".set-table tbody tr:not(.spacer)").first();
    await row.waitFor();
    assertEquals(
      await row.locator(".model-parameters, .parameter-list")
        .filter({ visible: true }).count(),
      1,
    );
    const heads = page.locator(".set-table thead th").filter({ visible: true });
    assertEquals(await heads.allTextContents(), ["Cost ↓"]);
  },
);

Deno.test(
  "the print of compared sets has their whole prompts and the answer format",
  inBrowser,
  async () => {
    const ids = sets.slice(0, 3).map(({ id }) => id).join("/");
    await using opened = await openPage(
      served.browser,
      `${served.url}#/compare/${ids}`,
    );
    const { page } = opened;
    await page.locator(".measure-table").first().waitFor();
    await page.emulateMedia({ media: "print" });
    await page.locator(".whole-prompt blockquote").first().waitFor();
    await page.getByText("Answer format: boxed").waitFor();
    await page.emulateMedia({ media: "screen" });
    await page.locator(".whole-prompt:not([open])").waitFor();
  },
);

Deno.test("the print of a set has its accuracy", inBrowser, async () => {
  await using opened = await openPage(
    served.browser,
    `${served.url}#/set/${set!.id}`,
  );
  const { page } = opened;
  await page.locator(".accuracy").waitFor();
  await page.emulateMedia({ media: "print" });
  assert(await page.locator(".accuracy").isVisible());
});
