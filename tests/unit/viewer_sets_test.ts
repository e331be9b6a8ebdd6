import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  differingParameters,
  parameterList,
} from "../../web/viewer/sets/differing_parameters.ts";
import {
  filterSets,
  setChoices,
  setFilter,
} from "../../web/viewer/sets/filter_sets.ts";
import { mergeSummaries } from "../../web/viewer/sets/merge_summaries.ts";
import { setOrder, sortSets } from "../../web/viewer/sets/sort_sets.ts";
import { applyChanges } from "../../web/viewer/source/apply_changes.ts";
import type { SampleSet } from "../../src/viewer/view_data.ts";
import { exampleView } from "../support/view/example_view.ts";
import { MemoryView } from "../support/view/memory_view.ts";

const view = new MemoryView(exampleView({ nSamples: 4 }).slice(0, 20));
const { changed: sets } = await view.sets(0);

function ids(sets: readonly SampleSet[]): string[] {
  return sets.map(({ id }) => id);
}

Deno.test("filterSets() keeps sets that match all filters", () => {
  const model = sets[0]!.model;
  assertEquals(ids(filterSets(sets, setFilter({}))), ids(sets));
  const found = filterSets(sets, setFilter({ model, prefill: "given" }));
  const expected = sets.filter((set) =>
    set.model === model && set.prefillStart !== null
  );
  assertEquals(ids(found), ids(expected));
  const parameter = "temperature=1";
  assertEquals(
    ids(filterSets(sets, setFilter({ parameter }))),
    ids(sets.filter(({ parameters }) => parameters.temperature === 1)),
  );
  assertEquals(filterSets(sets, setFilter({ provider: "nobody" })), []);
});

Deno.test("setChoices() counts the sets per choice, most frequent first", () => {
  const { model, parameter, prefill } = setChoices(
    sets,
    ["temperature"],
    setFilter({}),
  );
  for (const [name, count] of model) {
    assertEquals(count, filterSets(sets, setFilter({ model: name })).length);
  }
  const counts = model.map(([, count]) => count);
  assertEquals(counts, counts.toSorted((a, b) => b - a));
  assertEquals(parameter.map(([name]) => name), [
    "temperature=0.7",
    "temperature=1",
  ]);
  assertEquals(prefill.some(([name]) => name === "none"), true);
  // Each is counted among the sets that the other filters let through.
  const one = model[0]![0];
  const chosen = setChoices(
    sets,
    [],
    setFilter({ model: one, finish: "stop" }),
  );
  for (const [finish, count] of chosen.finish) {
    const both = filterSets(sets, setFilter({ model: one, finish }));
    assertEquals(count, both.length);
  }
  assertEquals(chosen.model.length, model.length);
});

Deno.test("sortSets() sorts by a column in both directions, and is stable", () => {
  const cost = ({ summary }: SampleSet) => summary.costUsd;
  const descending = sortSets(sets, setOrder("-cost")).map(cost);
  assertEquals(descending, sets.map(cost).toSorted((a, b) => b - a));
  assertEquals(
    sortSets(sets, setOrder("cost")).map(cost),
    descending.toReversed(),
  );
  const same = sets.map((set) => ({ ...set, model: "one" }));
  assertEquals(ids(sortSets(same, setOrder("-model"))), ids(sets));
});

Deno.test("setOrder() is newest first if the address contains no known order", () => {
  const newest = { column: "newest", descending: true };
  assertEquals(setOrder(undefined), newest);
  assertEquals(setOrder("-nothing"), newest);
  assertEquals(setOrder("prompt"), { column: "prompt", descending: false });
});

Deno.test("differingParameters() lists parameters that differ or are missing somewhere", () => {
  const of = (...all: Record<string, unknown>[]) =>
    differingParameters(all.map((parameters) => ({ ...sets[0]!, parameters })));
  assertEquals(of({ a: 1, b: [1] }, { a: 1, b: [1] }), []);
  assertEquals(of({ a: 1, b: [1], c: 0 }, { a: 2, b: [1] }), ["a", "c"]);
  assertEquals(of(), []);
});

Deno.test("parameterList() lists the values of the parameters that a set has", () => {
  const set = { ...sets[0]!, parameters: { temperature: 1.2, effort: "low" } };
  assertEquals(
    parameterList(set, ["effort", "temperature", "top_p"]),
    "temperature 1.2, effort low",
  );
});

Deno.test("mergeSummaries() adds up every number, for any name", () => {
  const all = sets.map(({ summary }) => summary);
  const sum = mergeSummaries(all);
  const added = (name: "samples" | "files" | "completionTokens") =>
    all.reduce((sum, summary) => sum + summary[name], 0);
  for (const name of ["samples", "files", "completionTokens"] as const) {
    assertEquals(sum[name], added(name));
  }
  const counted = (counts: Readonly<Record<string, number>>) =>
    Object.values(counts).reduce((sum, count) => sum + count, 0);
  assertEquals(counted(sum.finishReasons), sum.samples);
  assertEquals(counted(sum.lengths), sum.samples);
  const providers = Object.values(sum.providers);
  assertEquals(
    providers.reduce((sum, { samples }) => sum + samples, 0),
    sum.samples,
  );
  assertAlmostEquals(
    Object.values(sum.times.bins).reduce(
      (sum, { costUsd }) => sum + costUsd,
      0,
    ),
    sum.costUsd,
    1e-9,
  );
  assertEquals(sum.oldest, Math.min(...all.map(({ oldest }) => oldest!)));
  assertEquals(sum.newest, Math.max(...all.map(({ newest }) => newest!)));
  assertEquals(mergeSummaries([]).newest, null);
  const odd = { ...all[0]!, finishReasons: JSON.parse('{"__proto__": 2}') };
  assertEquals(
    Object.entries(mergeSummaries([odd, odd]).finishReasons),
    [["__proto__", 4]],
  );
});

Deno.test("applyChanges() replaces sets in place, adds new ones, and removes missing ones", () => {
  const [a, b, c] = sets as [SampleSet, SampleSet, SampleSet];
  const changes = {
    cacheDirs: [],
    generation: 1,
    reading: null,
    live: null,
    answerRules: [],
    givenRule: null,
    leftOut: null,
  };
  const before = new Map([[a.id, a], [b.id, b]]);
  const after = applyChanges(before, {
    ...changes,
    changed: [{ ...a, model: "other" }, c],
    removed: [b.id],
  });
  assertEquals([...after.keys()], [a.id, c.id]);
  assertEquals(after.get(a.id)!.model, "other");
  assertEquals([...before.keys()], [a.id, b.id]);
  const none = { ...changes, changed: [], removed: [] };
  assertEquals(applyChanges(before, none), before);
});
