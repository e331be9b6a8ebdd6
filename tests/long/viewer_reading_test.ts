import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "npm:playwright-core@1.65.1";
import { splitSentences } from "../../src/resampling/split_sentences.ts";
import { inBrowser, openPage } from "../support/chromium.ts";
import { faultsByAxe } from "../support/faults_by_axe.ts";
import { until } from "../support/until.ts";
import { exampleView } from "../support/view/example_view.ts";
import { MemoryView } from "../support/view/memory_view.ts";
import { watchedView } from "../support/view/watched_view.ts";
import { wheelFrames } from "../support/view/wheel_frames.ts";

const [set] = exampleView({ nSamples: 1 });
const { head, texts } = set!.samples[0]!;

const THOUGHT = [
  "Let $x^2 = 4$. It costs $5.",
  "\\[\n\\frac{1}{2}\n\\]",
  "```python\ndef f(x):\n    return 'one'\n```",
  "Wait, so $\\undefined{x}$ is odd. One more time.",
].join("\n\n");

/** 50,000 tokens of four characters. */
const LONG = "Then $a_{1} + b^{2} = \\sqrt{c}$ holds, so we go on. "
  .repeat(4_000).slice(0, 200_000);

function sample(seed: number, reasoning: string, content: string) {
  const name = `seed_0000${seed}.json`;
  return {
    answer: "62",
    head: { ...head, name, seed, prefill: "continued" },
    texts: { ...texts, name, reasoning, content },
  };
}

const reading = {
  ...set!,
  id: "reading",
  prefill: "<think>\nFirst. Then,",
  samples: [
    sample(0, ` ${THOUGHT}`, "**Answer:** \\boxed{62}, one of two."),
    sample(1, LONG, "62"),
  ],
};

const served = watchedView(new MemoryView([reading]));

function open(rest: string, options = {}) {
  const address = `${served.url}#/set/reading/seed_0000${rest}`;
  return openPage(served.browser, address, options);
}

function sentences(page: Page) {
  return page.locator(".thought-sentence");
}

Deno.test(
  "a thought is numbered as for resampling, with LaTeX, code, and the prefill",
  inBrowser,
  async () => {
    await using opened = await open("0.json");
    const { page, faults, requests } = opened;
    await page.locator("math").first().waitFor();
    const own = splitSentences(`First. Then, ${THOUGHT}`);
    assertEquals(await sentences(page).count(), own.length);
    assertEquals(
      await page.locator(".sentences .number").allTextContents(),
      own.map((_, index) => String(index)),
    );
    assertEquals(
      await page.locator(".sentences .given-text").allTextContents(),
      [
        "First.",
        "Then,",
      ],
    );
    // Each formula but the one that KaTeX rejects; the answer's box has no delimiter.
    await until(async () => await page.locator("math").count() === 3);
    assertEquals(
      await page.locator(".sentences math[display=block]").count(),
      1,
    );
    assertEquals(await page.locator("math menclose").count(), 1);
    assertMatch(
      (await sentences(page).nth(4).textContent())!,
      /It costs \$5\.$|^\s*\d/,
    );
    assert(
      (await page.locator(".sentences").textContent())!
        .includes("$\\undefined{x}$"),
    );
    await page.locator(".hljs-keyword", { hasText: "def" }).waitFor();
    await page.locator("label", { hasText: "Plain" }).click();
    await page.waitForURL(/text=plain/);
    assertEquals(
      await page.locator(".sample-main .reasoning .block > .text")
        .textContent(),
      ` ${THOUGHT}`,
    );
    assertEquals(faults, []);
    assert(requests.every((address) => address.startsWith(served.url)));
  },
);

Deno.test(
  "sentences are folded one by one and all at once, by the keyboard alone",
  inBrowser,
  async () => {
    await using opened = await open("0.json");
    const { page, faults } = opened;
    const folded = page.locator(".thought-sentence.folded");
    const number = (index: number) =>
      page.getByRole("button", { name: `Sentence ${index}`, exact: true });
    await number(0).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assertEquals(await number(1).getAttribute("aria-expanded"), "false");
    assertEquals(await folded.count(), 1);
    const height = (await sentences(page).nth(1).boundingBox())!.height;
    assert(height < 40, String(height));
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    const count = await sentences(page).count();
    assertEquals(await folded.count(), count);
    await number(2).click();
    assertEquals(await folded.count(), count - 1);
    await page.getByRole("button", { name: "Unfold all" }).click();
    assertEquals(await folded.count(), 0);
    assertEquals(faults, []);
  },
);

Deno.test(
  "the matches of a search are marked in a sample, and keys go from one to the next",
  inBrowser,
  async () => {
    await using opened = await open("0.json?q=one");
    const { page, faults } = opened;
    await page.getByText("3 matches", { exact: true }).waitFor();
    // In the code, in a sentence, and in the answer.
    assertEquals(await page.locator(".sample-main mark").count(), 3);
    await page.keyboard.press("p");
    await page.getByText("3 of 3 matches").waitFor();
    await page.locator(".answer mark.current-hit").waitFor();
    await page.keyboard.press("n");
    await page.locator(".code-block").waitFor();
    await page.locator(".reasoning mark.current-hit").waitFor();
    assertEquals(await page.locator("mark.current-hit").count(), 1);
    // A match is never folded away.
    await page.getByRole("button", { name: "Fold all" }).click();
    assertEquals(await page.locator(".folded mark").count(), 0);
    await page.getByRole("searchbox").fill("zebra");
    await page.getByText("0 matches").waitFor();
    assertEquals(faults, []);
  },
);

Deno.test(
  "a thought of 50,000 tokens is shown and scrolls",
  inBrowser,
  async () => {
    await using opened = await open("0.json");
    const { page, faults } = opened;
    await page.locator("math").first().waitFor();
    const ms = await page.evaluate<number>(`(async () => {
    const startMs = performance.now();
    location.hash = "#/set/reading/seed_00001.json";
    while (document.querySelectorAll(".thought-sentence").length < 3000) {
      await new Promise(requestAnimationFrame);
    }
    await new Promise(requestAnimationFrame);
    return performance.now() - startMs;
  })()`);
    const { framesPerSecond, longestMs, scrolled } = await wheelFrames(
      page,
      ".thought-sentence",
    );
    console.log(
      `50,000 tokens: shown in ${ms.toFixed(0)} ms; ${
        framesPerSecond.toFixed(1)
      } frames a second, the longest ${longestMs.toFixed(0)} ms`,
    );
    assert(scrolled > 1_000, String(scrolled));
    // Only formulas near the window are typeset.
    assert(await page.locator("math").count() < 2_000);
    assertEquals(faults, []);
  },
);

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 390]) {
    Deno.test(
      `a thought is accessible in the ${colorScheme} theme at ${width} pixels`,
      inBrowser,
      async () => {
        await using opened = await open("0.json?q=one", {
          width,
          colorScheme,
          bypassCSP: true,
        });
        const { page } = opened;
        await page.locator(".hljs-keyword").first().waitFor();
        await page.getByRole("button", { name: "Sentence 1", exact: true })
          .click();
        await page.getByRole("button", { name: "Next match" }).click();
        assertEquals(await faultsByAxe(page), []);
        const wider = "document.documentElement.scrollWidth > innerWidth";
        assertEquals(await page.evaluate(wider), false);
      },
    );
  }
}
