import { assertEquals } from "@std/assert";
import type { Page } from "npm:playwright-core@1.65.1";
import { sampleFileName } from "../../src/cache/sample_file_name.ts";
import { openView } from "../support/cache_view.ts";
import { inBrowser, openPage, startChromium } from "../support/chromium.ts";
import fc, { PROPERTY_RUNS } from "../support/fast_check.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";
import { checkBins } from "../support/view/check_bins.ts";
import {
  compareNumbers,
  measureNumbers,
  sampleNumbers,
  searchNumbers,
  setNumbers,
  setsNumbers,
  tableNumbers,
} from "../support/view/expected_numbers.ts";
import {
  type RandomCache,
  randomCaches,
  type RandomSet,
  writeCache,
} from "../support/view/random_cache.ts";
import { type PageNumbers, readPage } from "../support/view/read_page.ts";
import { serveView } from "../support/view/serve_view.ts";

/** Few, because each opens up to six pages in a browser: 200 with `PROPERTY_RUNS=20000`. */
const CACHES = Math.ceil(PROPERTY_RUNS / 100);

Deno.test({
  ...inBrowser,
  name:
    "the viewer's pages show the numbers of the samples when caches are random",
  fn: async () => {
    const browser = await startChromium();
    try {
      await using opened = await openPage(browser, "about:blank");
      const { page, faults } = opened;
      await fc.assert(
        fc.asyncProperty(randomCaches, (cache) => checkPages(page, cache)),
        { numRuns: CACHES, endOnFailure: true },
      );
      assertEquals(faults, []);
    } finally {
      await browser.close();
    }
  },
});

async function checkPages(page: Page, cache: RandomCache): Promise<void> {
  await using dir = new TempDir();
  await writeCache(dir.path, cache);
  const { view } = await openView(dir.path, { truthOf: () => cache.truth });
  await using _ = view;
  await view.whenRead();
  const { changed } = await view.sets(0);
  const ids = cache.sets.map(({ prompt }) =>
    changed.find(({ promptStart }) => promptStart === prompt)!.id
  );
  await using server = await serveView(view);
  const shows = async (
    hash: string,
    expected: PageNumbers,
    sets: readonly RandomSet[],
  ) => {
    await page.goto(`${server.url}#/${hash}`);
    let found: PageNumbers | undefined;
    let shown: PageNumbers | undefined;
    const wanted = comparable(expected, expected);
    const isShown = async () => {
      found = await readPage(page);
      shown = comparable(found, expected);
      return JSON.stringify(shown) === JSON.stringify(wanted);
    };
    await until(isShown, 3_000).catch(() => {});
    assertEquals(shown, wanted, hash);
    const groups = sets.map(({ samples }) => samples);
    if (groups.length > 0) {
      checkBins(found!, hash === "" ? [groups.flat()] : groups);
    }
  };
  await shows("", setsNumbers(cache), cache.sets);
  for (const [place, set] of cache.sets.entries()) {
    await shows(`set/${ids[place]}`, setNumbers(set, cache.truth), [set]);
  }
  await shows(
    `set/${ids[0]}?view=table`,
    tableNumbers(cache.sets[0]!, cache.truth),
    [cache.sets[0]!],
  );
  const none = {
    facts: {},
    figures: {},
    sets: [],
    samples: [],
    measures: [],
    cards: [],
  };
  for (const word of ["question", "is"]) {
    await shows(`?q=${word}`, { ...none, ...searchNumbers(cache, word) }, []);
  }
  const last = cache.sets.at(-1)!;
  const place = last.samples.length - 1;
  await shows(
    `set/${ids.at(-1)}/${sampleFileName(place)}`,
    sampleNumbers(last, place, cache.truth),
    [],
  );
  if (cache.sets.length > 1) {
    const both = cache.sets.slice(0, 2);
    await shows(
      `compare/${ids[0]}/${ids[1]}`,
      compareNumbers(both, cache.truth),
      both,
    );
  }
  if (cache.sets.length > 2) {
    await shows(
      `compare/${ids.join("/")}`,
      measureNumbers(cache.sets, cache.truth),
      [],
    );
  }
  // Before the server stops, which the page would report.
  await page.goto("about:blank");
}

/** Leaves out what is not expected, such as names, and the order of equal numbers. */
function comparable(shown: PageNumbers, expected: PageNumbers): PageNumbers {
  const figures = Object.entries(expected.figures).map(([title, { rows }]) => {
    const found = shown.figures[title] ?? { note: "missing", rows: [] };
    const all = rows.length === 0 ? [] : found.rows.map((row) => [...row]);
    return [title, { ...found, rows: all.sort() }] as const;
  });
  const { facts } = shown;
  return {
    facts: Object.fromEntries(
      Object.keys(expected.facts).map((name) => [name, facts[name] ?? ""]),
    ),
    figures: Object.fromEntries(figures),
    sets: expected.sets.length === 0
      ? []
      : shown.sets.map((row) => row.map(withoutReason)).sort(),
    samples: expected.samples.length === 0 ? [] : shown.samples,
    measures: expected.measures.length === 0 ? [] : shown.measures,
    cards: expected.cards.length === 0 ? [] : shown.cards,
    notes: expected.notes.length === 0
      ? []
      : shown.notes.map((note) => note.replace(/ Use .*/, "")).sort(),
  };
}

/** Two finish reasons may be equally frequent. */
function withoutReason(cell: string): string {
  return cell.replace(/^\w+ (?=[<>]?\d+%$)/, "");
}
