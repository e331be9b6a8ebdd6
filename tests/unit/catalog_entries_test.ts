import { assertEquals } from "@std/assert";
import {
  endpointEntries,
  keyEntry,
  modelEntries,
} from "../../src/catalog/catalog_entries.ts";

Deno.test("modelEntries() reads the given fields, and treats missing ones as unknown", () => {
  const pricing = { prompt: "0.00000008", completion: "-1" };
  const [model, bare, numeric] = modelEntries({
    data: [
      {
        id: "a/b",
        name: "B",
        context_length: 10,
        pricing,
        top_provider: { max_completion_tokens: 5 },
        supported_parameters: ["seed", 7],
      },
      { id: "c/d", pricing: null, top_provider: null },
      { id: "e/f", pricing: { prompt: 0.000001, completion: "" } },
      "no model",
    ],
  })!;
  assertEquals(model, {
    id: "a/b",
    name: "B",
    contextTokens: 10,
    maxCompletionTokens: 5,
    promptUsdPerMillion: 0.08,
    completionUsdPerMillion: null,
    supportedParameters: ["seed"],
  });
  assertEquals(
    [numeric?.promptUsdPerMillion, numeric?.completionUsdPerMillion],
    [1, null],
  );
  assertEquals([bare?.name, bare?.promptUsdPerMillion], ["c/d", null]);
});

Deno.test("fields of catalog entries are null if the answer lacks them", () => {
  for (const body of [null, [], "x", {}, { data: 5 }, { data: { a: 1 } }]) {
    assertEquals([modelEntries(body), endpointEntries(body)], [null, null]);
  }
  assertEquals([keyEntry(null), keyEntry({ data: 5 })], [null, null]);
});
