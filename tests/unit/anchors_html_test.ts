import { assert, assertEquals, assertMatch } from "@std/assert";
import { anchorsHtml } from "../../src/resampling/report/anchors_html.ts";
import { answerSeries } from "../../src/resampling/report/page_data.ts";
import { exampleAnchorsReport } from "../support/example_anchors_report.ts";
import { HOSTILE_TEXTS } from "../support/hostile_anchors_report.ts";

const report = exampleAnchorsReport({ sentences: 4, samples: 3 });

/** The answers of one cut, with their counts. */
function cutOf(answers: Record<string, number>) {
  return { at: 0, samples: [], answers, unanswered: 0, accuracy: null };
}

Deno.test("anchorsHtml() writes texts only into data blocks, without <", async () => {
  const texts = HOSTILE_TEXTS.slice(0, -1);
  const answers = Object.fromEntries(texts.map((text) => [text, 1]));
  const html = await anchorsHtml({
    ...report,
    prompt: texts.join(),
    cuts: report.cuts.map((cut) => ({ ...cut, answers })),
  });
  const block =
    /<script type="application\/json" id="[\w-]+">([^<]*)<\/script>/g;
  const blocks = [...html.matchAll(block)].map(([, json]) => JSON.parse(json!));
  assertEquals(blocks.length, report.cuts.length + 1);
  assertEquals(blocks[0].prompt, texts.join());
  assertEquals(blocks[1], report.cuts[0]!.samples);
  assert(!/alert|evil|separator/.test(html.replaceAll(block, "")));
});

Deno.test("anchorsHtml() allows its own script and style, and nothing else", async () => {
  const html = await anchorsHtml(report);
  const [, policy] = html.match(/Security-Policy" content="(.*?)">/)!;
  assertMatch(
    policy!,
    /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; script-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'$/,
  );
});

Deno.test("anchorsHtml() omits unknown values", async () => {
  const html = await anchorsHtml({
    ...report,
    truth: null,
    answer: null,
    sentences: report.sentences.map((sentence) => ({
      ...sentence,
      counterfactual: null,
    })),
    cuts: report.cuts.map((cut) => ({ ...cut, accuracy: null })),
  });
  // The answers and the resampling importance, each for two widths.
  assertEquals(html.match(/<svg/g)?.length, 4);
});

Deno.test("anchorsHtml() stripes the bars of all answers but the first", async () => {
  const html = await anchorsHtml({
    ...report,
    cuts: report.cuts.map((cut) => ({
      ...cut,
      answers: { "20": 3, "19": 2, "18": 1 },
    })),
  });
  const defined = [...html.matchAll(/<pattern id="([\w-]+)"/g)]
    .map(([, id]) => id);
  assertEquals(new Set(defined).size, defined.length);
  const used = new Set(
    [...html.matchAll(/fill="url\(#([\w-]+)\)"/g)].map(([, id]) => id),
  );
  assertEquals([...used].toSorted(), [
    "narrow-1",
    "narrow-2",
    "wide-1",
    "wide-2",
  ]);
  assert([...used].every((id) => defined.includes(id)));
});

Deno.test("answerSeries() starts with the right answer, then the most frequent", () => {
  const cuts = [
    cutOf({ a: 1, b: 5, c: 3, d: 2 }),
    cutOf({ a: 1, e: 4, f: 1, c: 3 }),
  ];
  assertEquals(answerSeries({ cuts, truth: "a" }), ["a", "c", "b", "e", "d"]);
  assertEquals(answerSeries({ cuts, truth: "z" }), ["z", "c", "b", "e", "a"]);
  assertEquals(answerSeries({ cuts: [], truth: null }), []);
});
