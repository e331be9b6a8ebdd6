import { assertEquals } from "@std/assert";
import {
  csv,
  pairRows,
  setRows,
} from "../../web/viewer/compare/comparison_data.ts";
import { pairMeasures } from "../../web/viewer/compare/pair_measures.ts";
import { setMeasures } from "../../web/viewer/compare/set_measures.ts";
import { type Side, sideLetter } from "../../web/viewer/compare/side.ts";
import { setLabels } from "../../web/viewer/sets/set_labels.ts";
import { differingExcerpts } from "../../web/viewer/text/differing_excerpts.ts";
import { exampleView } from "../support/view/example_view.ts";
import { MemoryView } from "../support/view/memory_view.ts";

const [example] = exampleView({ nSamples: 1 });
const view = new MemoryView([example!]);
const { changed: [set] } = await view.sets(0);
const samples = await view.samples(example!.id);
const { head } = example!.samples[0]!;

/** A side with answers by seed; `null` is no answer. */
function side(
  place: number,
  answers: readonly (string | null)[],
  truth = "7",
): Side {
  return {
    letter: sideLetter(place),
    color: "",
    set: set!,
    samples,
    truth,
    rows: answers.map((answer, seed) => ({
      head: { ...head, seed, completionTokens: 100 + place, costUsd: null },
      answer,
      right: answer === null ? null : answer === truth,
    })),
  };
}

Deno.test("pairMeasures() pairs by seed, and corrects the p-values of all tests together", async () => {
  const sides = [
    side(0, ["7", "7", "7", "8", null]),
    side(1, ["7", "7", "7", "7", "7"]),
    side(2, ["8", "8", "8"]),
  ];
  const [ab, ac, bc] = await pairMeasures(sides, true);
  assertEquals([ab!.seeds, ac!.seeds, bc!.seeds], [5, 3, 3]);
  assertEquals([ab!.agreement!.hits, ab!.agreement!.trials], [3, 4]);
  // One of four seeds is right only in the second set.
  assertEquals([ab!.accuracy!.value, ab!.accuracy!.pValue], [0.25, 1]);
  assertEquals([ac!.accuracy!.value, ac!.accuracy!.pValue], [-1, 2 / 8]);
  assertEquals([ab!.tokens!.value, ab!.tokens!.pValue], [1, 2 / 32]);
  assertEquals(ab!.tokens!.adjustedPValue, 6 * 2 / 32);
  assertEquals(ab!.cost, null);
  const withFirst = await pairMeasures(sides, false);
  assertEquals(
    withFirst.map(({ first, second }) => first.letter + second.letter),
    ["AB", "AC"],
  );
  assertEquals(withFirst[0]!.tokens!.adjustedPValue, 4 * 2 / 32);
});

Deno.test("pairMeasures() does not compare answers to different questions", async () => {
  const sides = [side(0, ["7", "8"]), side(1, ["7", "8"], "8")];
  const [pair] = await pairMeasures(sides, true);
  assertEquals(pair!.agreement, null);
  assertEquals(pair!.accuracy!.value, 0);
});

Deno.test("differingExcerpts() begin before the first difference when it would be cut off", () => {
  const start = "When a number is written in base 2, how many bits has ";
  assertEquals(
    differingExcerpts([`${start}12?`, `${start}13?`, "Why?"], 40),
    [
      "…base 2, how many bits has 12?",
      "…base 2, how many bits has 13?",
      "Why?",
    ],
  );
  assertEquals(
    differingExcerpts(["One  two\nthree", "Two"], 10),
    ["One two t…", "Two"],
  );
});

Deno.test("setLabels() name what differs, and nothing else", () => {
  const one = { ...set!, promptStart: "Hi", systemStart: null };
  const labels = setLabels([
    { ...one, parameters: { temperature: 1, top_p: 0.9 } },
    { ...one, parameters: { top_p: 0.9 }, prefillStart: "<think>So" },
    { ...one, parameters: { top_p: 0.9 }, systemStart: "Be brief." },
  ]);
  assertEquals(labels, [
    {
      prompt: null,
      settings: "no prefill, no system message, temperature 1",
    },
    {
      prompt: null,
      settings: "prefill, no system message, temperature not set",
    },
    {
      prompt: null,
      settings: "no prefill, system message “Be brief.”, temperature not set",
    },
  ]);
  assertEquals(setLabels([one, one]).map(({ settings }) => settings), ["", ""]);
  assertEquals(
    setLabels([one, { ...one, promptStart: "Ho" }])[1]!.prompt,
    "Ho",
  );
});

Deno.test("a comparison is exported with exact numbers, and empty cells for unknown ones", async () => {
  const sides = [side(0, ["7", "7", "8"]), side(1, ["7", "8", "8"])];
  const [first] = setRows(sides.map(setMeasures));
  assertEquals([first!.right, first!.answers, first!.accuracy], [2, 3, 2 / 3]);
  assertEquals(first!.cost_usd_total, null);
  const rows = pairRows(await pairMeasures(sides, true));
  assertEquals(rows[0]!.accuracy_mean_difference, -1 / 3);
  assertEquals(
    csv([{ a: 'x,"y"\n', b: 0.1, c: null }]),
    'a,b,c\r\n"x,""y""\n",0.1,\r\n',
  );
});
