import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "npm:playwright-core@1.65.1";
import { inBrowser, openPage } from "../support/chromium.ts";
import { exampleView } from "../support/view/example_view.ts";
import { MemoryView } from "../support/view/memory_view.ts";
import { serveView } from "../support/view/serve_view.ts";
import { watchedView } from "../support/view/watched_view.ts";
import { until } from "../support/until.ts";

const [first, second, ...others] = exampleView({ nSamples: 12 }).slice(0, 6);

/** A run of 45 seconds, whose samples all have 60 tokens and nearly the same latency. */
const brief = {
  ...first!,
  id: "brief",
  samples: first!.samples.slice(0, 6).map((sample, place) => ({
    ...sample,
    head: {
      ...sample.head,
      completionTokens: 60,
      latencyMs: 12_340 + 2 * place,
      created: 1_770_110_400 + 9 * place,
    },
  })),
};

/** A set with an unusable file. */
const broken = {
  ...first!,
  id: "broken",
  samples: first!.samples.map(({ head, ...own }) => ({
    ...own,
    head: { ...head, problem: head.seed === 3 ? "no JSON" : null },
  })),
};

/** A set of providers with long names, which do not say what a sample costs. */
const free = {
  ...first!,
  id: "free",
  samples: first!.samples.map(({ head, ...own }) => {
    const provider = head.seed % 2 === 0
      ? "Google Vertex (Global)"
      : "Amazon Bedrock";
    return { ...own, head: { ...head, provider, costUsd: null } };
  }),
};

const served = watchedView(
  new MemoryView([first!, second!, ...others, brief, broken]),
);
const onlyFree = watchedView(new MemoryView([free]));
/** Sets of several days. */
const many = watchedView(new MemoryView(exampleView({ nSamples: 2 })));

const onlyBrief = watchedView(new MemoryView([brief]));

/** The labels of the horizontal axes, by the title of the plot. */
async function axes(page: Page): Promise<Record<string, string[]>> {
  return await page.evaluate(`(() =>
    Object.fromEntries([...document.querySelectorAll("figure.plot-figure")].map((figure) => [
      figure.querySelector("h3").textContent,
      [...figure.querySelectorAll("[aria-label='x-axis tick label'] text")].map((text) => text.textContent),
    ])))()`);
}

/** The labels that wrap, are cut, or lie outside their plot. */
async function badLabels(page: Page): Promise<string[]> {
  return await page.evaluate(`(() => {
    const bad = [];
    for (const svg of document.querySelectorAll(".drawing")) {
      const plot = svg.getBoundingClientRect();
      const axis = [...svg.querySelectorAll("[aria-label='x-axis tick label'] text")];
      for (const text of svg.querySelectorAll("text")) {
        const box = text.getBoundingClientRect();
        const isOutside = box.left < plot.left - 1 || box.right > plot.right + 1;
        if (isOutside || text.querySelector("tspan + tspan")) bad.push(text.textContent);
      }
      for (const [place, text] of axis.entries()) {
        const before = axis[place - 1]?.getBoundingClientRect().right ?? -Infinity;
        if (text.getBoundingClientRect().left < before) bad.push("overlap " + text.textContent);
      }
    }
    for (const cell of document.querySelectorAll(".set-table th, .bars:not(.side-numbers) td, .bars thead th")) {
      const isCut = cell.scrollWidth > cell.clientWidth + 1;
      const lines = cell.getClientRects()[0]?.height / parseFloat(getComputedStyle(cell).lineHeight);
      if (isCut || (cell.matches("td") && lines > 2.5)) bad.push("cell " + cell.textContent);
    }
    return bad;
  })()`);
}

for (const width of [1280, 400]) {
  Deno.test(
    `the viewer's plots have labels that fit when the window has ${width} pixels`,
    inBrowser,
    async () => {
      const addresses = [
        `${served.url}#/?plots=shown`,
        `${onlyBrief.url}#/?plots=shown`,
        `${many.url}#/?plots=shown`,
        ...[first!, second!, brief].map(({ id }) =>
          `${served.url}#/set/${id}?plots=shown`
        ),
        `${served.url}#/compare/${first!.id}/${brief.id}`,
      ];
      for (const address of addresses) {
        await using opened = await openPage(served.browser, address, { width });
        const { page } = opened;
        await page.locator("figure svg").first().waitFor();
        await until(() =>
          page.evaluate<boolean>(
            "[...document.querySelectorAll('.plot')].every((plot) => plot.firstChild !== null)",
          )
        );
        for (const [title, labels] of Object.entries(await axes(page))) {
          assert(labels.length >= 2, `${title} of ${address}: ${labels}`);
          assertEquals(new Set(labels).size, labels.length, `${labels}`);
        }
        assertEquals(await badLabels(page), [], address);
      }
    },
  );
}

Deno.test(
  "the viewer shows the cost of a run of a minute in more than one bar",
  inBrowser,
  async () => {
    for (const address of ["#/", `#/set/${brief.id}`]) {
      await using opened = await openPage(
        onlyBrief.browser,
        onlyBrief.url + address,
      );
      const plot = opened.page.locator("figure", { hasText: "Cost over time" });
      await plot.locator("svg").waitFor();
      assertEquals(await plot.locator("tbody tr").count(), 6);
      assertEquals(await plot.locator("[aria-label=rect] rect").count(), 6);
    }
  },
);

Deno.test(
  "the viewer shows bars of a day by their UTC date in any time zone",
  inBrowser,
  async () => {
    const days = [0, 60, 61].map((day, place) => {
      const { head, ...sample } = first!.samples[place]!;
      const created = Date.UTC(2026, 1, 3 + day, 12) / 1000;
      return { ...sample, head: { ...head, created } };
    });
    const long = new MemoryView([{ ...first!, samples: days }]);
    await using server = await serveView(long);
    for (const timezone of ["America/Los_Angeles", "Pacific/Auckland"]) {
      await using opened = await openPage(onlyBrief.browser, server.url, {
        timezone,
      });
      const plot = opened.page.locator("figure", { hasText: "days in UTC" });
      await plot.locator("svg").waitFor();
      const [first, ...others] = await plot.locator("tbody th")
        .allTextContents();
      // Bins of 7 days begin on Thursdays, as the Unix time does.
      assertEquals([first, others.length], ["2026-01-29", 1]);
    }
  },
);

Deno.test(
  "the viewer fills the histograms of two sets up to their lines",
  inBrowser,
  async () => {
    await using opened = await openPage(
      served.browser,
      `${served.url}#/compare/${first!.id}/${second!.id}`,
    );
    const plot = opened.page.locator("figure", { hasText: "Output tokens" })
      .locator("svg");
    await plot.waitFor();
    const tops = (mark: string) =>
      plot.evaluate(
        (svg: { querySelectorAll(what: string): Iterable<Shape> }, mark) =>
          Array.from(
            svg.querySelectorAll(`[aria-label=${mark}] path`),
            (path) => Math.round(path.getBBox().y),
          ),
        mark,
      );
    const lines = await tops("line");
    assertEquals(lines.length, 2);
    assertEquals(await tops("area"), lines);
  },
);

interface Shape {
  getBBox(): { readonly y: number };
}

Deno.test(
  "the viewer counts an unusable file, and shows where it is",
  inBrowser,
  async () => {
    const { name } = broken.samples[3]!.head;
    await using opened = await openPage(
      served.browser,
      `${served.url}#/set/broken`,
    );
    const { page } = opened;
    await page.locator(".set-head .facts", {
      hasText: `Samples${broken.samples.length - 1}Unusable1`,
    }).waitFor();
    await page.evaluate(`location.hash = "#/set/broken/${name}"`);
    await page.getByText("This file cannot be used.").waitFor();
    const facts = await page.locator(".sample-page .facts").textContent();
    assertMatch(facts!, new RegExp(`^File/data/runs/\\S+/broken/${name}$`));
    await page.evaluate(
      `location.hash = "#/set/broken?diff=${broken.samples[0]!.head.name}"`,
    );
    const cards = page.locator(".card");
    await page.getByRole("button", { name: "Selected", exact: true }).waitFor();
    const unusable = cards.filter({ hasText: "This file cannot be used." });
    assertEquals(await unusable.getByRole("button").count(), 0);
    await page.evaluate(`location.hash = "#/set/absent"`);
    await page.getByRole("heading", { name: "Set not found" }).waitFor();
    assertEquals(await page.getByRole("searchbox").count(), 0);
  },
);

Deno.test(
  "the viewer fits providers with long names, and does not show unknown costs as $0",
  inBrowser,
  async () => {
    for (const width of [1152, 1200, 1280]) {
      await using opened = await openPage(onlyFree.browser, onlyFree.url, {
        width,
      });
      const { page } = opened;
      await page.getByRole("button", { name: "Amazon Bedrock" }).waitFor();
      const excess = await page.evaluate<number>(
        `Math.max(...[document.documentElement, ...document.querySelectorAll("table")]
        .map((box) => box.getBoundingClientRect().left + box.scrollWidth)) - innerWidth`,
      );
      assert(excess <= 0, `${excess} pixels at ${width}`);
      const costs = await page.locator(".set-table tbody .cost")
        .allTextContents();
      assertEquals(costs, ["–"]);
    }
  },
);
