import { assert, assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path/join";
import type { Browser, Page } from "npm:playwright-core@1.65.1";
import { anchoredSentences } from "../../src/resampling/anchored_sentences.ts";
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
      "The original response answers 19. ✓\u00a0That is right.",
    );
    const facts = (await page.locator("#facts").textContent())!;
    assertMatch(facts, /Cost\$0\.7440/);
    assertMatch(facts, /Cuts24, with 100 samples requested at each/);
    assertMatch(facts, /Samples2,400 \(240 cached\)Output/);
    assertMatch(facts, /Confidence level95%/);
    const texts = await page.locator("#thought .sentence").allTextContents();
    assertEquals(texts.length, 25);
    assertMatch(
      texts[8]!,
      /^8Each hexadecimal .* \(Sentence 8, resampling importance 0\.40 nats \(0\.24 to 0\.76\), p\s=\s0\.0023, rank\s2\)$/,
    );
    assertMatch(
      texts[2]!,
      /\(Sentences 2–3, resampling importance 0\.06 nats .*\)$/,
    );
    assertMatch(
      texts[3]!,
      /\(Sentence 3, measured together with sentence 2, resampling importance 0\.06 nats .*\)$/,
    );
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
    assert(
      shown!.includes(`similarity to sentence 15: ${similarity!.toFixed(3)}`),
    );
    assertEquals(await first.locator("details .block").count(), 0);
    await first.locator("summary").click();
    await first.locator("h4").last().waitFor();
    assertEquals(
      await first.locator("details .block").allTextContents(),
      [reasoning, content],
    );
    assertEquals(faults, []);
  },
);

Deno.test(
  "anchorsHtml() shows sentences between two cuts as a group",
  inBrowser,
  async () => {
    const isCut = ({ at }: { at: number }) => at % 10 === 5;
    const cuts = report.cuts.filter(isCut);
    const texts = report.sentences.map(({ text }) => text);
    const sentences = anchoredSentences(texts, cuts, report.confidence)
      .map((sentence) => ({ ...sentence, counterfactual: null }));
    const file = await written("groups.html", { ...report, cuts, sentences });
    await using opened = await openPage(browser, `${file}#s17`);
    const { page, faults } = opened;
    const panel = page.locator("#panel");
    assertEquals(await panel.locator("h2").textContent(), "Sentences 15–24");
    assertEquals(
      await panel.locator(".original .text").textContent(),
      texts.slice(15).join("").trim(),
    );
    await panel.getByText("Sentence 17 is measured together with sentence 15")
      .waitFor();
    assertEquals(
      await panel.locator(".answers thead th").allTextContents(),
      ["Answer", "Resampled", "Sentences kept"],
    );
    assertEquals(await panel.locator(".samples li").count(), 100);
    assertEquals(await page.locator(".sentence.current").count(), 10);
    // The cuts before and after the group, and its importance.
    assertEquals(
      await page.locator(".plot.wide .current").evaluateAll(
        (links: { getAttribute(name: string): string | null }[]) =>
          links.map((link) => link.getAttribute("href")),
      ),
      ["#s15", "#s25", "#s15", "#s25", "#s15"],
    );
    assertEquals(
      await page.locator("#top .number").allTextContents(),
      ["15–24", "5–14"],
    );
    const shades = await page.locator(".shaded").evaluateAll(
      (links: { style: { getPropertyValue(name: string): string } }[]) =>
        links.map(({ style }) => style.getPropertyValue("--shade")),
    );
    // Each sentence of a group has the same shade.
    assertEquals(shades.slice(10), Array(10).fill("1.000"));
    assertEquals(shades.slice(0, 10), Array(10).fill(shades[0]));
    await panel.getByLabel("Previous sentence").click();
    await assertEventuallyEquals(
      () => panel.locator("h2").textContent(),
      "Sentences 5–14",
    );
    await panel.getByLabel("Previous sentence").click();
    await panel.getByText("The reasoning was not cut here").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("#numbers summary").click();
    await page.locator("#numbers tbody tr").first().waitFor();
    assertEquals(
      await page.locator("#numbers tbody th").allTextContents(),
      ["0", "1", "2", "3", "4", "5–14", "15–24", "25"],
    );
    assertEquals(faults, []);
  },
);

Deno.test(
  "anchorsHtml() describes a cut in the upper plots, and a sentence in the others",
  inBrowser,
  async () => {
    await using opened = await openPage(browser, address);
    const { page } = opened;
    const tip = async (figure: string, place: number) => {
      await page.locator(`${figure} .plot.wide a`).nth(place).hover();
      return await page.locator("#tip > *").allTextContents();
    };
    for (const figure of ["[data-kept] >> nth=0 >>", "#accuracy"]) {
      const [title, answers] = await tip(figure, 16);
      assertEquals(title, "16 sentences kept");
      assertMatch(
        answers!,
        /^100 samples – 19:\u00a094%, 18:\u00a03%, 20:\u00a02%, no answer:\u00a01%$/,
      );
    }
    const [title, importance, answers] = await tip(
      "[data-measure=resampling]",
      2,
    );
    assertEquals(title, "Sentences 2–3");
    assertMatch(importance!, /^Resampling importance 0\.06 /);
    assertMatch(
      answers!,
      /^Without these sentences, 100 samples – 19:\u00a041%, .*, …$/,
    );
  },
);

Deno.test(
  "anchorsHtml() defines the measures and the significance level",
  inBrowser,
  async () => {
    await using opened = await openPage(browser, address);
    const { page } = opened;
    const text = (await page.locator("footer").textContent())!
      .replaceAll(/\s+/g, " ");
    assertMatch(text, /Kullback–Leibler divergence .* D\(without ‖ with\)/);
    assertMatch(text, /a similarity below 0\.8,/);
    assertMatch(text, /p is at most 0\.05\./);
    assertEquals(
      await page.locator("figcaption .note:visible").allTextContents(),
      [
        "of samples with an answer, 95% confidence intervals",
        "95% bootstrap intervals",
      ],
    );
    await page.locator("#numbers summary").click();
    await page.locator("#numbers tbody tr").first().waitFor();
    const row = page.locator("#numbers tr");
    assertEquals(
      (await row.first().locator("th").allTextContents()).slice(2, 5),
      ["Resampling (nats)", "p (Holm)", "Rank"],
    );
    const ranks = await row.locator("td:nth-child(5)").allTextContents();
    // The importance of sentences 8 and 15 is significant.
    assertEquals(ranks.filter((rank) => rank !== "–"), ["2", "1"]);
  },
);

Deno.test(
  "anchorsHtml() shows a chat prompt by role, and why a measure is missing",
  inBrowser,
  async () => {
    const chat = {
      ...report,
      prompt: JSON.stringify([
        { role: "system", content: "Be brief." },
        { role: "user", content: "How many bits?" },
      ]),
      sentences: report.sentences.map((sentence) => ({
        ...sentence,
        counterfactual: null,
      })),
      cuts: report.cuts.map((cut) => ({
        ...cut,
        samples: cut.samples.map((sample) => ({ ...sample, similarity: null })),
      })),
    };
    await using opened = await openPage(
      browser,
      await written("chat.html", chat),
    );
    const { page, faults } = opened;
    assertEquals(
      await page.locator("#prompt > *").allTextContents(),
      ["system", "Be brief.", "user", "How many bits?"],
    );
    assert(
      await page.getByLabel("Counterfactual importance (needs embeddings)")
        .isDisabled(),
    );
    assertEquals(faults, []);
  },
);

Deno.test(
  "anchorsHtml() shades the weakest significant sentence visibly",
  inBrowser,
  async () => {
    const sentences = report.sentences.map((sentence) => ({
      ...sentence,
      resampling: sentence.resampling && sentence.index === 8
        ? { ...sentence.resampling, value: 0.001 }
        : sentence.resampling,
    }));
    const file = await written("weak.html", { ...report, sentences });
    await using opened = await openPage(browser, file);
    const { page } = opened;
    const opacity = await page.evaluate<number>(
      "Number(getComputedStyle(document.getElementById('place-8')).backgroundColor.match(/\\/ ([\\d.]+)/)[1])",
    );
    assert(opacity >= 0.35, String(opacity));
  },
);

Deno.test(
  "anchorsHtml() labels the axes legibly at any width, and prints all on wide paper",
  inBrowser,
  async () => {
    for (const width of [390, 700, 800, 1280]) {
      await using opened = await openPage(browser, `${address}#s15`, { width });
      const { page } = opened;
      await page.locator("#panel-title").waitFor();
      const labels = await page.evaluate<number[]>(`
        [...document.querySelectorAll(".plot")].filter((plot) => plot.clientWidth > 0)
          .map((plot) => {
            const label = [...plot.querySelectorAll("[aria-label='x-axis label'] text")].at(-1)
              .getBoundingClientRect();
            const ticks = [...plot.querySelectorAll("[aria-label='x-axis tick label'] text")]
              .map((tick) => tick.getBoundingClientRect().bottom);
            return label.top - Math.max(...ticks);
          })`);
      assert(labels.length >= 3);
      for (const gap of labels) assert(gap > -3, `${gap} pixels at ${width}`);
      if (width !== 1280) continue;
      await page.emulateMedia({ media: "print" });
      assert(await page.locator("#top").isVisible());
      const plots = (await page.locator(".plots").boundingBox())!;
      assert(plots.width > 1100, `${plots.width} pixels`);
    }
  },
);

Deno.test(
  "anchorsHtml() prints what was chosen, without controls",
  inBrowser,
  async () => {
    await using opened = await openPage(browser, address);
    const { page } = opened;
    await page.emulateMedia({ media: "print" });
    assertEquals(
      await page.locator("#measure label:visible").allTextContents()
        .then((texts) => texts.map((text) => text.trim())),
      ["Resampling importance"],
    );
    for (const hidden of ["#measure input", ".keys", ".screen", "#numbers"]) {
      assertEquals(await page.locator(`${hidden}:visible`).count(), 0, hidden);
    }
    await page.evaluate("document.getElementById('numbers').open = true");
    assert(await page.locator("#numbers").isVisible());
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
    // Sentences 2 and 3 are a group.
    await assertEventuallyEquals(() => title.textContent(), "Sentence 4");
    await page.waitForURL(/#s4$/);
    await press("Escape");
    assert(await page.locator("#panel").isHidden());
    assertEquals(await focused(page), "place-4");
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
      /counterfactual importance not measured\)$/,
    );
    assertMatch(
      (await page.locator("#measure-note").textContent())!,
      /^2 of 25 .* 4 of 25 sentences were not measured: too few .* 17 of 19 values are not shaded/,
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
    const measured = Array.from({ length: 20 }, (_, index) => 5 + index);
    assertEquals(await underlined(sparse, "sparse.html"), [measured, true]);
    assertEquals(await underlined(report, "whole.html"), [[], false]);
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
      /^2 of 25 sentences were measured together .* 23 of 23 values are not shaded/,
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
      const facts = (await page.locator("#facts").textContent())!;
      assertMatch(facts, /; 2 more failed/);
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
        await page.locator("#numbers tbody tr").first().waitFor();
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
