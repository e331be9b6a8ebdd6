import { assertEquals } from "@std/assert";
import { inBrowser, openPage } from "../support/chromium.ts";
import { faultsByAxe } from "../support/faults_by_axe.ts";
import { exampleView } from "../support/view/example_view.ts";
import { LIVE } from "../support/view/live_state.ts";
import { MemoryView } from "../support/view/memory_view.ts";
import { watchedView } from "../support/view/watched_view.ts";

const sets = exampleView({ nSamples: 12 }).slice(0, 12);
const set = sets.find(({ prefill }) => prefill === null)!;
const given = sets.find(({ prefill }) => prefill !== null)!;
const [one, two] = set.samples.map(({ head }) => head.name);

const view = new MemoryView(sets);
view.reading = { done: 100, total: 144, secondsLeft: 2 };
view.live = LIVE;

const served = watchedView(view);

/** Pages, and the selector that matches when each is complete. */
const PAGES: readonly (readonly [hash: string, seen: string])[] = [
  ["#/", ".set-table tbody .finish"],
  [`#/?q=check&pick=${set.id}+${given.id}`, ".hits mark"],
  [`#/set/${given.id}`, ".card .reasoning"],
  [`#/set/${set.id}?view=table&latency=soon`, ".sample-table a"],
  [`#/set/${given.id}/${given.samples[0]!.head.name}`, ".sample-main .block"],
  [`#/set/${set.id}?diff=${one}+${two}`, "del"],
  [`#/compare/${set.id}/${given.id}`, ".answer-pairs"],
  [
    `#/compare/${sets.slice(0, 3).map(({ id }) => id).join("/")}`,
    ".measure-table + .note",
  ],
  ["#/nowhere", ".empty"],
];

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 360]) {
    Deno.test(
      `the viewer is accessible in the ${colorScheme} theme at ${width} pixels`,
      inBrowser,
      async () => {
        const options = { width, colorScheme, bypassCSP: true };
        await using opened = await openPage(
          served.browser,
          served.url,
          options,
        );
        const { page } = opened;
        page.setDefaultTimeout(20_000);
        for (const [hash, seen] of PAGES) {
          await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
          await page.locator(seen).first().waitFor();
          for (
            const numbers of await page.locator(".numbers > summary").all()
          ) {
            await numbers.click();
          }
          assertEquals(await faultsByAxe(page), [], hash);
          const wider = "document.documentElement.scrollWidth > innerWidth";
          assertEquals(await page.evaluate(wider), false, hash);
        }
        await page.keyboard.press("?");
        await page.getByRole("dialog").waitFor();
        assertEquals(await faultsByAxe(page), []);
      },
    );
  }
}
