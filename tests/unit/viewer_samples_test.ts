import { assertEquals } from "@std/assert";
import { seedPairs } from "../../web/viewer/compare/pair_seeds.ts";
import { accuracyOf } from "../../web/viewer/plots/accuracy_of.ts";
import {
  answerColors,
  answerCounts,
} from "../../web/viewer/set/answer_counts.ts";
import { answerRule } from "../../web/viewer/set/answer_rule.ts";
import { columnsChosen, columnsShown } from "../../web/viewer/set/columns.ts";
import {
  filterSamples,
  sampleFilter,
} from "../../web/viewer/set/filter_samples.ts";
import {
  type SampleRow,
  sampleRows,
} from "../../web/viewer/source/sample_row.ts";
import { numberRange } from "../../web/viewer/set/number_range.ts";
import { sampleOrder, sortSamples } from "../../web/viewer/set/sort_samples.ts";
import { splitPrefill } from "../../web/viewer/set/split_prefill.ts";
import { exampleView } from "../support/view/example_view.ts";

const [set] = exampleView({ nSamples: 1 });
const { head } = set!.samples[0]!;

function row(seed: number, changes: Partial<SampleRow["head"]> = {}) {
  return { ...head, seed, name: `seed_${seed}`, ...changes };
}

function rowsOf(
  answers: readonly (string | null)[],
  truth: string | null = "7",
): SampleRow[] {
  return sampleRows(
    {
      prompt: "",
      prefill: null,
      call: null,
      samples: answers.map((_, seed) => row(seed)),
    },
    {
      answers: Object.fromEntries(
        answers.map((answer, seed) => [`seed_${seed}`, answer]),
      ),
      truth: null,
    },
    truth,
  );
}

function seeds(rows: readonly SampleRow[]): number[] {
  return rows.map(({ head }) => head.seed);
}

Deno.test("sampleRows() marks an answer as wrong only when one was found and the right one is known", () => {
  assertEquals(rowsOf(["7", "8", null]).map(({ right }) => right), [
    true,
    false,
    null,
  ]);
  assertEquals(rowsOf(["7"], null)[0]!.right, null);
  const [unusable] = sampleRows(
    {
      prompt: "",
      prefill: null,
      call: null,
      samples: [row(0, { problem: "cut off" })],
    },
    { answers: { seed_0: "7" }, truth: "7" },
    "7",
  );
  assertEquals([unusable!.answer, unusable!.right], [null, null]);
});

Deno.test('filterSamples() distinguishes the answer "none" from a missing answer', () => {
  const rows = rowsOf(["none", null, "7"]);
  const by = (answer: string) =>
    seeds(filterSamples(rows, sampleFilter({ answer })));
  assertEquals(by("none"), [1]);
  assertEquals(by("=none"), [0]);
  assertEquals(by(""), [0, 1, 2]);
  const wrong = filterSamples(rows, sampleFilter({ verdict: "wrong" }));
  assertEquals(seeds(wrong), [0]);
});

Deno.test("sortSamples() puts samples with unknown values last, in both directions", () => {
  const rows = [5, null, 9, 1].map((latencyMs, seed) => ({
    head: row(seed, { latencyMs }),
    answer: null,
    right: null,
  }));
  assertEquals(seeds(sortSamples(rows, sampleOrder("latency"))), [3, 0, 2, 1]);
  assertEquals(seeds(sortSamples(rows, sampleOrder("-latency"))), [2, 0, 3, 1]);
  assertEquals(seeds(sortSamples(rows, sampleOrder("odd"))), [0, 1, 2, 3]);
});

Deno.test("sortSamples() sorts answers by number, and right ones before wrong ones", () => {
  const rows = rowsOf(["10", null, "7", "9", "7"]);
  assertEquals(seeds(sortSamples(rows, sampleOrder("answer"))), [
    2,
    4,
    3,
    0,
    1,
  ]);
  assertEquals(seeds(sortSamples(rows, sampleOrder("right"))), [2, 4, 0, 3, 1]);
});

Deno.test("filterSamples() lets through the numbers in a range, in the unit that the page shows", () => {
  const rows = [500, 1_500, null, 2_500].map((latencyMs, seed) => ({
    head: row(seed, { latencyMs }),
    answer: null,
    right: null,
  }));
  const cases: readonly (readonly [string, number[]])[] = [
    ["0.5-1.5", [0, 1]],
    ["1.5 – 3", [1, 3]],
    [">1.5", [3]],
    [">= 1.5", [1, 3]],
    ["<1.5", [0]],
    ["2.5", [3]],
    ["3-1", []],
    // What is not a range filters nothing; the page says so.
    ["soon", [0, 1, 2, 3]],
    ["", [0, 1, 2, 3]],
  ];
  for (const [latency, found] of cases) {
    const filter = sampleFilter({ latency });
    assertEquals(seeds(filterSamples(rows, filter)), found, latency);
  }
  assertEquals(numberRange("1-2-3"), null);
  assertEquals(numberRange("1,000")?.max, 1000);
});

Deno.test("answerRule() chooses the strictest rule that fits most samples when none was given", () => {
  const answers = (...found: (string | null)[]) => ({
    answers: Object.fromEntries(found.map((answer, i) => [`${i}`, answer])),
    truth: null,
  });
  const choices = {
    answerRules: ["boxed", "number"],
    givenRule: null,
    query: {},
  } as const;
  const none = answers(null, null, null);
  const two = answers("1", "2", null);
  const all = answers("1", "2", "3");
  const rules = [
    [{ boxed: all, number: all }, "boxed"],
    [{ boxed: two, number: all }, "boxed"],
    [{ boxed: none, number: all }, "number"],
    [{ boxed: answers("1", null, null), number: none }, "boxed"],
    [{ boxed: none, number: none }, "boxed"],
  ] as const;
  for (const [byRule, rule] of rules) {
    assertEquals(answerRule(choices, [byRule]), rule);
  }
  const byRule = [{ boxed: none, number: all }];
  const given = { ...choices, givenRule: "boxed" } as const;
  assertEquals(answerRule(given, byRule), "boxed");
  const asked = { ...given, query: { rule: "number" } };
  assertEquals(answerRule(asked, byRule), "number");
});

Deno.test("accuracyOf() ignores samples in which no answer was found", () => {
  assertEquals(accuracyOf(rowsOf([null, null])), null);
  const { hits, trials } = accuracyOf(rowsOf([null, "7", "8", "7"]))!;
  assertEquals([hits, trials], [2, 3]);
});

Deno.test("answerCounts() begins with the most frequent and ends with no answer", () => {
  const counts = answerCounts(rowsOf([null, "8", "10", "10", "9", null, null]));
  assertEquals(counts, [
    { answer: "10", count: 2 },
    { answer: "8", count: 1 },
    { answer: "9", count: 1 },
    { answer: null, count: 3 },
  ]);
});

Deno.test("answerColors() gives the right answer the first color, and rare ones a shared one", () => {
  const counts = answerCounts(rowsOf(["a", "a", "b", "c", "d", "e", "f", "7"]));
  const color = answerColors(counts, "7");
  assertEquals(["7", "a", "f", null].map(color), ["0", "1", "other", "none"]);
  assertEquals(answerColors(counts, null)("a"), "0");
  assertEquals(["a", "8"].map(answerColors(counts, "8")), ["1", "0"]);
});

Deno.test("splitPrefill() distinguishes a prefilled answer from prefilled reasoning", () => {
  assertEquals(splitPrefill("<think>\n5*1"), { reasoning: "5*1", content: "" });
  assertEquals(splitPrefill("<think>a</think>The answer is"), {
    reasoning: "a",
    content: "The answer is",
  });
});

Deno.test("columnsShown() returns only columns that fit", () => {
  assertEquals(columnsChosen({}), 3);
  assertEquals(columnsChosen({ columns: "6" }), 6);
  assertEquals(columnsChosen({ columns: "99" }), 3);
  assertEquals(columnsShown(6, 1200), 6);
  assertEquals(columnsShown(6, 1000), 5);
  assertEquals(columnsShown(2, 1200), 2);
  assertEquals(columnsShown(4, 100), 1);
});

Deno.test("seedPairs() starts with the seeds that both sides have", () => {
  const rows = rowsOf(["1", "2", "3"]);
  const pairs = seedPairs(rows, rows.slice(1));
  assertEquals(
    pairs.map(([a, b]) => [a?.head.seed ?? null, b?.head.seed ?? null]),
    [[1, 1], [2, 2], [0, null]],
  );
});
