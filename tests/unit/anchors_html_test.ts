import { assert, assertEquals, assertMatch } from "@std/assert";
import { anchorsHtml } from "../../src/resampling/report/anchors_html.ts";
import {
  answerSeries,
  pageData,
} from "../../src/resampling/report/page_data.ts";
import { sentenceGroup } from "../../src/resampling/report/sentence_group.ts";
import { chatMessages } from "../../web/anchors/chat_messages.ts";
import { measureNote } from "../../web/anchors/measure_note.ts";
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

Deno.test("anchorsHtml() plots sentences between two cuts as one", async () => {
  const whole = exampleAnchorsReport({ samples: 20 });
  const html = await anchorsHtml(whole);
  const plots = html.match(/<svg.*?<\/svg>/gs)!;
  const links = plots.map((plot) => plot.match(/<a /g)?.length);
  // The plots of cuts have a column for each sentence and one for the end, those of importance one for each
  // group.
  assertEquals(links, [26, 26, 26, 26, 23, 23, 23, 23]);
});

Deno.test("anchorsHtml() connects the shares of right answers only at neighboring cuts", async () => {
  const whole = exampleAnchorsReport({ samples: 20 });
  const html = await anchorsHtml(whole);
  const [line] = html.match(/aria-label="line".*?<\/g>/s)!;
  // Positions 3 and 20 were not cut.
  assertEquals(line.match(/M/g)?.length, 3);
});

Deno.test("sentenceGroup() contains the sentences up to the next cut", () => {
  const cuts = [2, 3, 6].map((at) => ({ at }));
  const groups = Array.from({ length: 8 }, (_, at) => sentenceGroup(cuts, at));
  assertEquals(
    groups.map(({ numbers }) => numbers),
    ["0", "1", "2", "3–5", "3–5", "3–5", "6", "7"],
  );
  assertEquals(
    groups.map(({ before, after }) => [before?.at, after?.at]),
    [
      [undefined, undefined],
      [undefined, undefined],
      [2, 3],
      [3, 6],
      [3, 6],
      [3, 6],
      [6, undefined],
      [undefined, undefined],
    ],
  );
});

Deno.test("measureNote() states why sentences have no importance of their own", () => {
  const whole = exampleAnchorsReport({ samples: 20 });
  const sparse = {
    ...whole,
    cuts: whole.cuts.filter(({ at }) => [5, 15, 19].includes(at)),
  };
  const data = pageData(sparse, []);
  assertEquals(
    measureNote(data, "resampling"),
    "12 of 25 sentences were measured together with the one before: the reasoning was not cut between them. " +
      "11 of 25 sentences were not measured: there is no cut before or after them. " +
      "1 of 2 values are not shaded: they are not significant.",
  );
  const counterfactual = measureNote(data, "counterfactual");
  assertMatch(
    counterfactual,
    / 10 of 25 sentences were not measured: too few samples replace them with another meaning\./,
  );
});

Deno.test("chatMessages() returns the messages of a chat prompt, and null for a text", () => {
  const parts = [{ type: "text", text: "Why?" }, { type: "image_url" }];
  const messages = [
    { role: "system", content: "Be brief." },
    { role: "user", content: parts },
    { role: "assistant", content: null },
  ];
  assertEquals(chatMessages(JSON.stringify(messages)), [
    { role: "system", text: "Be brief." },
    { role: "user", text: "Why?\n[image_url]" },
    { role: "assistant", text: "" },
  ]);
  for (
    const text of [
      "Why?",
      "[{",
      '[{"role":1}]',
      '[{"role":"user","content":[null]}]',
      '[{"content":"a"}]',
    ]
  ) {
    assertEquals(chatMessages(text), null);
  }
});
