import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path/join";
import type { Browser, Page } from "npm:playwright-core@1.65.1";
import { anchorsHtml } from "../../src/resampling/report/anchors_html.ts";
import { escapeControlChars } from "../../src/util/escape_control_chars.ts";
import { assertEventuallyEquals } from "../support/assert_eventually_equals.ts";
import { inBrowser, openPage, startChromium } from "../support/chromium.ts";
import { exampleAnchorsReport } from "../support/example_anchors_report.ts";
import {
  HOSTILE_TEXTS,
  hostileAnchorsReport,
} from "../support/hostile_anchors_report.ts";
import { faultsByAxe } from "../support/faults_by_axe.ts";
import { LEAST_CONTRAST } from "../support/least_contrast.ts";
import { TempDir } from "../support/temp_dir.ts";

const report = exampleAnchorsReport();

let browser: Browser;
let dir: TempDir;
let address: string;

Deno.test.beforeAll(async () => {
  if (inBrowser.ignore) return;
  dir = new TempDir();
  address = await written("report.html", report);
  browser = await startChromium();
});

Deno.test.afterAll(async () => {
  await browser?.close();
  await dir?.[Symbol.asyncDispose]();
});

async function written(name: string, of: typeof report): Promise<string> {
  const path = join(dir.path, name);
  await Deno.writeTextFile(path, await anchorsHtml(of));
  return `file://${path}`;
}

/** The ID or the text of the focused element. */
async function focused(page: Page): Promise<string> {
  return await page.evaluate(
    "document.activeElement.id || document.activeElement.textContent",
  );
}

Deno.test(
  "anchorsHtml() opens from a file without errors, and requests nothing else",
  inBrowser,
  async () => {
    await using opened = await openPage(browser, address);
    const { page, faults, requests } = opened;
    assertEquals(await page.title(), "Thought anchors: qwen/qwen3-30b-a3b");
    assertEquals(
      await page.locator(".outcome").textContent(),
      "The sample answers 19. ✓ That is right.",
    );
    const facts = (await page.locator("#facts").textContent())!;
    assertMatch(facts, /Cost\$0\.7440/);
    assertMatch(facts, /Samples[\d,]+ \([\d,]+ cached(, [1-9]\d* failed)?\)/);
    assertMatch(facts, /Intervals95% confidence/);
    const texts = await page.locator("#thought .sentence").allTextContents();
    assertEquals(texts.length, 25);
    assertMatch(
      texts[8]!,
      /^8Each hexadecimal .* \(Sentence 8, resampling importance 0\.40 nats \(0\.24 to 0\.76\), p\s=\s0\.0023, rank\s2\)$/,
    );
    assertMatch(texts[3]!, /\(Sentence 3, no resampling importance\)$/);
    const top = await page.locator("#top .number").allTextContents();
    assertEquals(top, ["15", "8"]);
    // Accuracy, the answers, and one importance, each once.
    assertEquals(await page.locator("svg:visible").count(), 3);
    assertEquals(await page.locator(".samples li").count(), 0);
    assertEquals(faults, []);
    assertEquals(requests, [address]);
  },
);

Deno.test(
  "anchorsHtml() does not split a surrogate pair",
  inBrowser,
  async () => {
    const prompt = `${"a".repeat(1499)}😀b`;
    const file = await written("halves.html", { ...report, prompt });
    await using opened = await openPage(browser, file);
    const { page } = opened;
    const text = page.locator("#prompt .text");
    assertEquals(await text.textContent(), "a".repeat(1499));
    await page.evaluate("document.querySelector('#prompt .more').click()");
    assertEquals(
      await page.evaluate(
        "[...document.querySelectorAll('#prompt .text span')].map((part) => part.textContent)",
      ),
      ["a".repeat(1499), "😀b"],
    );
  },
);

Deno.test(
  "anchorsHtml() shows the resamples of a clicked sentence",
  inBrowser,
  async () => {
    await using opened = await openPage(browser, address);
    const { page, faults } = opened;
    await page.locator("#top a").first().click();
    const panel = page.locator("#panel");
    assertEquals(await panel.locator("h2").textContent(), "Sentence 15");
    await page.waitForURL(/#s15$/);
    const rows = await panel.locator(".answers tbody tr").allTextContents();
    assertEquals(rows.slice(0, 2), ["1922%94%", "2070%2%"]);
    const items = panel.locator(".samples li");
    const { samples } = report.cuts.find(({ at }) => at === 15)!;
    assertEquals(await items.count(), samples.length);
    const { sentence, reasoning, content, similarity } = samples[0]!;
    const first = items.first();
    const shown = await first.textContent();
    assert(shown!.includes(sentence));
    assert(shown!.includes(`similarity ${similarity!.toFixed(2)}`));
    assertEquals(await first.locator("details .block").count(), 0);
    await first.locator("summary").click();
    await first.locator("h4").last().waitFor();
    assertEquals(
      await first.locator("details .block").allTextContents(),
      [reasoning, content],
    );
    // A sentence at which the reasoning was not cut is reported.
    await page.evaluate("location.hash = '#s3'");
    await panel.getByText("The reasoning was not cut here").waitFor();
    assertEquals(faults, []);
  },
);

Deno.test(
  "anchorsHtml() shows the resamples that have the chosen answer",
  inBrowser,
  async () => {
    await using opened = await openPage(browser, `${address}#s9`);
    const { page } = opened;
    const { answers } = report.cuts.find(({ at }) => at === 9)!;
    const items = page.locator(".samples li:visible");
    assertEquals(await items.count(), 100);
    await page.locator("#panel select").selectOption(`19 (${answers["19"]})`);
    await assertEventuallyEquals(() => items.count(), answers["19"]!);
    assertEquals(
      new Set(await items.locator(".about b").allTextContents()),
      new Set(["19"]),
    );
    assertEquals(
      await page.getByRole("status").textContent(),
      `${answers["19"]} of 100 shown`,
    );
  },
);

Deno.test(
  "anchorsHtml() moves between sentences by keyboard",
  inBrowser,
  async () => {
    await using opened = await openPage(browser, address);
    const { page, faults } = opened;
    const title = page.locator("#panel-title");
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press("j", "j", "ArrowRight", "k");
    assertEquals(await focused(page), "place-1");
    assert(await page.locator("#tip").isVisible());
    await press("Enter");
    await title.waitFor();
    assertEquals(await title.textContent(), "Sentence 1");
    assertEquals(await focused(page), "panel-title");
    await press("j", "ArrowRight", "j", "ArrowLeft");
    await assertEventuallyEquals(() => title.textContent(), "Sentence 3");
    await page.waitForURL(/#s3$/);
    await press("Escape");
    assert(await page.locator("#panel").isHidden());
    assertEquals(await focused(page), "place-3");
    await page.waitForURL((url) => url.hash === "");
    // The position after the last sentence is the last one.
    await page.evaluate("location.hash = '#s25'");
    await title.waitFor();
    await press("j");
    await assertEventuallyEquals(
      () => title.textContent(),
      "After the last sentence",
    );
    await page.goBack();
    await title.waitFor({ state: "hidden" });
    assertEquals(faults, []);
  },
);

Deno.test(
  "anchorsHtml() shades the sentences by the chosen measure",
  inBrowser,
  async () => {
    await using opened = await openPage(browser, address);
    const { page } = opened;
    const shade = (place: number) =>
      page.evaluate<string>(
        `document.getElementById("place-${place}").style.getPropertyValue("--shade")`,
      );
    const before = await shade(8);
    await page.getByLabel("Counterfactual importance").check();
    assert(await shade(8) !== before);
    assertEquals(await shade(15), "1.000");
    assertEquals([await shade(5), await shade(7)], ["0.000", "0.000"]);
    assertMatch(
      (await page.locator("#place-7").textContent())!,
      /counterfactual importance 0\.0\d .*, not significant\)$/,
    );
    assertMatch(
      (await page.locator("#place-5").textContent())!,
      /no counterfactual importance\)$/,
    );
    assertMatch(
      (await page.locator("#measure-note").textContent())!,
      /^19 of 25 sentences were measured; too few .* 17 of 19 are not shaded/,
    );
    assert(
      await page.getByRole("heading", { name: "Counterfactual importance" })
        .isVisible(),
    );
  },
);

Deno.test(
  "anchorsHtml() marks only the sentences that were measured when few were cut",
  inBrowser,
  async () => {
    const isCut = (index: number) => index % 10 === 5;
    const sparse = {
      ...report,
      cuts: report.cuts.filter(({ at }) => isCut(at)),
      sentences: report.sentences.map((sentence) =>
        isCut(sentence.index)
          ? sentence
          : { ...sentence, resampling: null, counterfactual: null }
      ),
    };
    const underlined = async (of: typeof report, name: string) => {
      await using opened = await openPage(browser, await written(name, of));
      const { page } = opened;
      const legend = await page.locator("#measured").isVisible();
      return [
        await page.evaluate(
          `[...document.querySelectorAll("#thought .sentence")].flatMap((link, index) =>
            getComputedStyle(link).textDecorationLine === "underline" ? index : [])`,
        ),
        legend,
      ];
    };
    assertEquals(await underlined(sparse, "sparse.html"), [[5, 15], true]);
    const sentences = report.sentences.filter(({ resampling }) => resampling)
      .map((sentence, index) => ({ ...sentence, index }));
    const whole = { ...report, sentences };
    assertEquals(await underlined(whole, "whole.html"), [[], false]);
  },
);

Deno.test(
  "anchorsHtml() reports that no sentence is significant",
  inBrowser,
  async () => {
    const few = exampleAnchorsReport({ samples: 3 });
    await using opened = await openPage(
      browser,
      await written("few.html", few),
    );
    const { page, faults } = opened;
    assertEquals(await page.locator("#top li").count(), 0);
    assert(
      await page.getByText("No sentence’s importance is significant")
        .isVisible(),
    );
    assert(await page.locator("#scale").isHidden());
    assertMatch(
      (await page.locator("#measure-note").textContent())!,
      /^23 of 25 sentences were measured; .* 23 of 23 are not shaded/,
    );
    assertEquals(faults, []);
  },
);

// With the policy and without: texts must be harmless by themselves.
for (const bypassCSP of [false, true]) {
  const how = bypassCSP ? "without the policy" : "under the policy";
  Deno.test(
    `anchorsHtml() shows hostile texts as plain text ${how}`,
    inBrowser,
    async () => {
      const hostile = await written("hostile.html", hostileAnchorsReport());
      await using opened = await openPage(browser, `${hostile}#s0`, {
        bypassCSP,
      });
      const { page, faults, requests } = opened;
      await page.locator("#numbers summary").click();
      const items = page.locator(".samples li");
      for (const [place, text] of HOSTILE_TEXTS.entries()) {
        const shown = escapeControlChars(text).slice(0, 1000);
        const item = items.nth(place);
        await item.locator("summary").click();
        await item.locator("h4").last().waitFor();
        const blocks = await item.locator(".block").allTextContents();
        assertEquals(blocks.length, 3);
        for (const block of blocks) {
          assertEquals(
            block.slice(0, shown.length).toWellFormed(),
            shown.toWellFormed(),
          );
        }
      }
      assert(await items.last().getByRole("button").first().isVisible());
      for (let place = 1; place < HOSTILE_TEXTS.length; place++) {
        await page.keyboard.press("j");
      }
      const blocks = HOSTILE_TEXTS.length + 1;
      assertEquals(await page.locator("script").count(), blocks + 1);
      assertEquals(await page.locator("img, iframe, object, embed").count(), 0);
      assertEquals(await page.locator("svg:not(.plot)").count(), 0);
      const targets = await page.locator("a").evaluateAll(
        (links: { getAttribute(name: string): string | null }[]) =>
          links.map((link) => String(link.getAttribute("href"))),
      );
      const others = targets.filter((target) => !/^#s\d+$/.test(target));
      assertEquals(others, [
        "#thought-title",
        "https://arxiv.org/abs/2506.19143",
      ]);
      assertEquals(faults, []);
      assertEquals(requests, [hostile]);
    },
  );
}

for (const colorScheme of ["light", "dark"] as const) {
  Deno.test(
    `anchorsHtml() is accessible in the ${colorScheme} theme`,
    inBrowser,
    async () => {
      const small = exampleAnchorsReport({ samples: 10 });
      const address = await written(`${colorScheme}.html`, small);
      for (const width of [1280, 360]) {
        const options = { width, colorScheme, bypassCSP: true };
        await using opened = await openPage(browser, address, options);
        const { page } = opened;
        const paper = await page.evaluate<string>(
          "getComputedStyle(document.body).backgroundColor",
        );
        assertEquals(/rgb\(2\d\d/.test(paper), colorScheme === "light", paper);
        assert(await page.evaluate<number>(LEAST_CONTRAST) > 4.5);
        await page.locator("#numbers summary").click();
        // A narrow window has the same parts.
        if (width > 1000) assertEquals(await faultsByAxe(page), []);
        await page.evaluate("location.hash = '#s8'");
        await page.locator(".samples summary").first().click();
        assertEquals(await faultsByAxe(page), []);
        const wider = "document.documentElement.scrollWidth > innerWidth";
        assertEquals(await page.evaluate(wider), false);
      }
    },
  );
}
