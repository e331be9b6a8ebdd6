import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "npm:playwright-core@1.65.1";
import { placed } from "../../src/read_logprobs.ts";
import { splitSentences } from "../../src/resampling/split_sentences.ts";
import { escapeControlChars } from "../../src/util/escape_control_chars.ts";
import { assertEventuallyEquals } from "../support/assert_eventually_equals.ts";
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

/** Adds log-probabilities to a sample; each token is as probable as the next in a cycle. */
function withLogprobs(of: ReturnType<typeof sample>, tokens: string[]) {
  const known = [-0.0001, -0.6, -1.5, -3, -9, null];
  const all = tokens.map((text, place) => ({
    text,
    logprob: known[place % known.length]!,
    bytes: null,
    top: [
      { text: HOSTILE, logprob: -0.1, bytes: null },
      { text, logprob: -3, bytes: null },
    ],
  }));
  const reasoning = placed(all, of.texts.reasoning);
  return {
    ...of,
    texts: { ...of.texts, logprobs: { reasoning, content: null } },
  };
}

const HOSTILE = "<img src=x onerror=alert(1)>\u202e\n";
const TOKENS = ["So", " it", HOSTILE, " is", "", " odd", " then", "."];

const reading = {
  ...set!,
  id: "reading",
  prefill: "<think>\nFirst. Then,",
  samples: [
    sample(0, ` ${THOUGHT}`, "**Answer:** \\boxed{62}, one of two."),
    sample(1, LONG, "62"),
    withLogprobs(sample(2, TOKENS.join(""), "62"), [...TOKENS, "</think>"]),
    withLogprobs(sample(3, LONG, "62"), LONG.match(/.{4}/gs)!),
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
    await assertEventuallyEquals(
      () =>
        page.locator(".sample-main .reasoning .block > .text").textContent(),
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
    await assertEventuallyEquals(
      () => number(1).getAttribute("aria-expanded"),
      "false",
    );
    assertEquals(await folded.count(), 1);
    const height = (await sentences(page).nth(1).boundingBox())!.height;
    assert(height < 40, String(height));
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    const count = await sentences(page).count();
    await assertEventuallyEquals(() => folded.count(), count);
    await number(2).click();
    await assertEventuallyEquals(() => folded.count(), count - 1);
    await page.getByRole("button", { name: "Unfold all" }).click();
    await assertEventuallyEquals(() => folded.count(), 0);
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
    await assertEventuallyEquals(
      () => page.locator(".sample-main mark").count(),
      3,
    );
    await page.keyboard.press("p");
    await page.getByText("3 of 3 matches").waitFor();
    await page.locator(".answer mark.current-hit").waitFor();
    await page.keyboard.press("n");
    await page.locator(".code-block").waitFor();
    await page.locator(".reasoning mark.current-hit").waitFor();
    await assertEventuallyEquals(
      () => page.locator("mark.current-hit").count(),
      1,
    );
    // A match is never folded away.
    await page.getByRole("button", { name: "Fold all" }).click();
    await page.locator(".folded").first().waitFor();
    assertEquals(await page.locator(".folded mark").count(), 0);
    // Whatever is folded is one line of text, which ends with an ellipsis.
    assertEquals(
      await page.locator(".folded .words > :not(span)").count(),
      0,
    );
    await page.getByLabel("Plain").check();
    await page.getByText("Matches are marked only in the formatted text.")
      .waitFor();
    await page.getByRole("button", { name: "Show it" }).click();
    await page.getByText("3 matches", { exact: true }).waitFor();
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

Deno.test(
  "tokens are shaded by surprise on demand, and shown with their alternatives",
  inBrowser,
  async () => {
    await using opened = await open("2.json");
    const { page, faults, requests } = opened;
    const shade = page.locator("label", { hasText: "Shade tokens" });
    await shade.waitFor();
    assert(!requests.some((address) => address.includes("logprobs")));
    await shade.click();
    await page.waitForURL(/text=shaded/);
    const tokens = page.locator(".reasoning .token");
    await tokens.first().waitFor();
    await assertEventuallyEquals(
      () => tokens.allTextContents(),
      TOKENS.map((text) => escapeControlChars(text)),
    );
    assertEquals(
      await tokens.evaluateAll((all) =>
        all.map((token) => token.className.replace("token shade-", ""))
      ),
      ["0", "1", "2", "3", "4", "unknown", "0", "1"],
    );
    const about = page.locator(".token-about");
    await tokens.nth(3).hover();
    const alternatives =
      ' · likeliest: "<img src=x onerror=alert(1)>\\u202e\\n" 90.5%, ';
    const third = `" is" 4.98% (surprise 3 nats)${alternatives}" is" 4.98%`;
    await page.getByText(third, { exact: true }).waitFor();
    // One stop for Tab; the arrow keys, Home and End move it, and never leave the sample.
    assertEquals(await page.locator(".reasoning [tabindex='0']").count(), 1);
    await tokens.first().focus();
    for (
      const [key, text] of [
        ["ArrowLeft", '"So" 100% (surprise 0.0001 nats)'],
        ["ArrowRight", '" it" 54.9% (surprise 0.6 nats)'],
        ["End", '"." 54.9% (surprise 0.6 nats)'],
        ["ArrowRight", '"." 54.9% (surprise 0.6 nats)'],
        ["Home", '"So" 100% (surprise 0.0001 nats)'],
      ] as const
    ) {
      await page.keyboard.press(key);
      const shown = about.filter({ hasText: text + alternatives });
      await shown.waitFor();
    }
    assertEquals(await page.locator(".reasoning [tabindex='0']").count(), 1);
    await page.waitForURL(/seed_00002\.json/);
    // The address keeps the choice, also for samples without log-probabilities.
    await page.reload();
    await tokens.first().waitFor();
    await page.keyboard.press("k");
    await sentences(page).first().waitFor();
    await page.waitForURL(/seed_00001\.json\?text=shaded/);
    await assertEventuallyEquals(() => shade.count(), 0);
    assertEquals(faults, []);
  },
);

Deno.test(
  "50,000 shaded tokens are shown, and the keyboard reaches the last one",
  inBrowser,
  async () => {
    await using opened = await open("3.json?text=shaded");
    const { page, faults } = opened;
    const tokens = page.locator(".reasoning .token");
    await tokens.first().waitFor();
    // Only tokens near the window are elements.
    assert(await tokens.count() < 10_000);
    await page.locator(".reasoning [tabindex='0']").focus();
    await page.keyboard.press("End");
    await page.locator(".token:focus[data-at='49999']").waitFor();
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
        await page.goto(page.url().replace(/0\.json.*/, "2.json?text=shaded"));
        await page.locator(".reasoning .token").nth(3).focus();
        await page.locator(".token-about code").first().waitFor();
        assertEquals(await faultsByAxe(page), []);
        assertEquals(await page.evaluate(wider), false);
      },
    );
  }
}
