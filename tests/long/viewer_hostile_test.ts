import { assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import type { Browser } from "npm:playwright-core@1.65.1";
import { escapeControlChars } from "../../src/util/escape_control_chars.ts";
import { inBrowser, openPage, startChromium } from "../support/chromium.ts";
import { HOSTILE_TEXTS } from "../support/hostile_anchors_report.ts";
import { TempDir } from "../support/temp_dir.ts";
import { exampleView } from "../support/view/example_view.ts";
import { exportedView } from "../support/view/exported_view.ts";
import { MemoryView } from "../support/view/memory_view.ts";

const all = HOSTILE_TEXTS.slice(0, -1).join(" ");
const [example] = exampleView({ nSamples: 1 });

/** A set in which every text of a model, a user or a file is hostile; each text is a sample's. */
const hostile = {
  ...example!,
  id: "hostile",
  model: all,
  prompt: [{ role: "user" as const, content: all }],
  prefill: `<think>${all}`,
  parameters: { [all]: all, stop: HOSTILE_TEXTS.slice(0, -1) },
  truth: HOSTILE_TEXTS[0]!,
  samples: HOSTILE_TEXTS.map((text, seed) => {
    const { head, texts } = example!.samples[0]!;
    const name = `seed_0000${seed}.json`;
    const short = text.slice(0, 1000);
    return {
      answer: short,
      head: {
        ...head,
        name,
        seed,
        model: short,
        provider: short,
        finishReason: short,
        prefill: seed % 2 === 0 ? "continued" : short,
        contentStart: text.slice(0, 160),
        problem: seed === 3 ? short : null,
      },
      texts: {
        ...texts,
        name,
        reasoning: text,
        content: text,
        toolCalls: [{
          id: short,
          type: "function" as const,
          function: { name: short, arguments: short },
        }],
        path: short,
        responseId: short,
        quantization: short,
      },
    };
  }),
};

/** LaTeX and code that would have an effect if it were obeyed, or take a long time. */
const LATEX = [
  String.raw`$\href{javascript:alert(1)}{a}$ $\url{javascript:alert(1)}$`,
  String.raw`$\includegraphics[width=1em]{http://127.0.0.1/a.png}$`,
  String
    .raw`$\htmlStyle{position:fixed}{a} \htmlClass{top-bar}{a} \htmlId{app}{a}$`,
  String.raw`$\fcolorbox{red}{blue}{a}$ $\colorbox{red}{a}$`,
  String.raw`$\def\a{\a\a\a}\a$ $\rule{99999em}{99999em}$`,
  String.raw`$\text{<img src=x onerror=alert(1)>}$ $\unicode{x202e}$`,
  `$${"{".repeat(1_400)}x${"}".repeat(1_400)}$`,
  `$\\text{\u202e\u0007}$`,
  "```html\n<img src=x onerror=alert(1)><script>alert(1)</script>\n```",
  `\`\`\`python\n${"((((((".repeat(2_000)}\n\`\`\``,
  `$${"\\frac{1}{".repeat(200)}x${"}".repeat(200)}$`,
].join("\n\n");

const latex = {
  ...example!,
  id: "latex",
  samples: [{
    ...example!.samples[0]!,
    texts: { ...example!.samples[0]!.texts, reasoning: LATEX, content: LATEX },
  }],
};

let browser: Browser;
let dir: TempDir;
let address: string;

Deno.test.beforeAll(async () => {
  if (inBrowser.ignore) return;
  dir = new TempDir();
  const file = join(dir.path, "hostile.html");
  const other = {
    ...hostile,
    id: "other",
    samples: hostile.samples.slice(0, 4),
  };
  const view = new MemoryView([hostile, other, latex], all);
  await Deno.writeTextFile(file, await exportedView(view));
  address = `file://${file}`;
  browser = await startChromium();
});

Deno.test.afterAll(async () => {
  await browser?.close();
  await dir?.[Symbol.asyncDispose]();
});

const PAGES = [
  "#/",
  "#/?q=alert",
  "#/set/hostile",
  "#/set/hostile/seed_00006.json",
  `#/set/latex/${latex.samples[0]!.head.name}`,
  "#/set/hostile?diff=seed_00001.json+seed_00004.json",
  "#/compare/hostile/other",
  "#/compare/hostile/other/latex",
];

// With the policy and without: texts must be harmless by themselves.
for (const bypassCSP of [false, true]) {
  const how = bypassCSP ? "without the policy" : "under the policy";
  Deno.test(
    `the viewer shows hostile texts as plain text ${how}`,
    inBrowser,
    async () => {
      await using opened = await openPage(browser, address, { bypassCSP });
      const { page, faults, requests } = opened;
      page.setDefaultTimeout(20_000);
      for (const hash of PAGES) {
        await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
        await page.locator("h1").first().waitFor();
        await page.locator(
          {
            "#/compare/hostile/other/latex": ".measure-table + .note",
            "#/": ".set-table tbody tr",
            "#/?q=alert": ".hits mark",
          }[hash] ?? ".text-block .block",
        ).first().waitFor();
        assertEquals(await page.locator("script").count(), 5, hash);
        assertEquals(
          await page.locator("img, iframe, object, embed").count(),
          0,
          hash,
        );
        assertEquals(await page.locator("svg:not(.drawing)").count(), 0, hash);
        const targets = await page.locator("a").evaluateAll(
          (links: { getAttribute(name: string): string | null }[]) =>
            links.map((link) => String(link.getAttribute("href"))),
        );
        const others = targets.filter((target) => !target.startsWith("#/"));
        assertEquals(others, ["#main"], hash);
        // Nothing turns the direction of the page's own words, or hides.
        const shown = await page.locator("body").innerText();
        const turning = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
        const obeyed = (shown.match(turning) ?? [])
          .filter((character) => !"\n\t".includes(character));
        assertEquals(obeyed, [], hash);
      }
      assertEquals(faults, []);
      assertEquals(requests, [address]);
    },
  );
}

Deno.test(
  "the viewer shows each hostile text unchanged, and a long one in pieces",
  inBrowser,
  async () => {
    await using opened = await openPage(browser, address);
    const { page, faults } = opened;
    page.setDefaultTimeout(20_000);
    for (const [seed, text] of HOSTILE_TEXTS.entries()) {
      if (seed === 3) continue;
      await page.evaluate(
        `location.hash = "#/set/hostile/seed_0000${seed}.json?text=plain"`,
      );
      await page.locator("h1 .subtitle", { hasText: `Seed ${seed}` }).waitFor();
      const shown = page.locator(".sample-main .answer .block > .text");
      await shown.waitFor();
      const expected = escapeControlChars(text).slice(0, 1000);
      assertEquals(
        (await shown.textContent())!.slice(0, expected.length).toWellFormed(),
        expected.toWellFormed(),
      );
    }
    const more = page.locator(".sample-main .answer .more");
    assertEquals(
      await more.textContent(),
      "Show 100,000 of 4,950,000 more characters",
    );
    await more.click();
    await page.getByText("Show 100,000 of 4,850,000 more").waitFor();
    const length = await page.locator(".sample-main .answer .block > .text")
      .evaluate((text: { textContent: string }) => text.textContent.length);
    assertEquals(length, 150_000);
    await page.evaluate(
      'location.hash = "#/set/hostile?diff=seed_00001.json+seed_000011.json"',
    );
    await page.getByText("too long to be compared").first().waitFor();
    assertEquals(faults, []);
  },
);
