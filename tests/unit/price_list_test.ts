import { assertAlmostEquals, assertEquals } from "@std/assert";
import { parsePriceList, worstCostUsd } from "../../src/catalog/price_list.ts";

const BODY = {
  data: [
    {
      id: "a/one",
      context_length: 100,
      pricing: { prompt: "0.00001", completion: "0.00002", request: "0.5" },
    },
    {
      id: "a/thinker",
      pricing: {
        prompt: "0",
        completion: "0.00002",
        internal_reasoning: "0.00003",
      },
    },
    { id: "a/free:free", pricing: { prompt: "0", completion: "0" } },
    { id: "openrouter/auto", pricing: { prompt: "-1", completion: "-1" } },
    { id: "a/broken", pricing: { prompt: "x", completion: null } },
    null,
  ],
};
const PRICES = parsePriceList(BODY);

function worst(model: string, fields = {}, content = "Hi"): number | null {
  const messages = [{ role: "user", content }] as const;
  return worstCostUsd(PRICES, { model, messages, max_tokens: 1000, ...fields });
}

Deno.test("parsePriceList() leaves out models without a price, and survives what is no catalog", () => {
  assertEquals([...PRICES.keys()], ["a/one", "a/thinker", "a/free:free"]);
  for (const body of [null, "x", {}, { data: {} }, { data: [1] }]) {
    assertEquals(parsePriceList(body).size, 0);
  }
});

Deno.test("worstCostUsd() counts request, prompt and all of max_tokens", () => {
  const bytes = JSON.stringify([{ role: "user", content: "Hi" }]).length;
  assertAlmostEquals(worst("a/one")!, 0.5 + bytes * 0.00001 + 1000 * 0.00002);
  assertAlmostEquals(
    worst("a/one", {}, "x".repeat(5000))!,
    0.5 + 100 * 0.00001 + 1000 * 0.00002,
  );
  assertAlmostEquals(worst("a/thinker")!, 1000 * 0.00003);
});

Deno.test("worstCostUsd() takes the dearest of several models, and the price of a model for its variants", () => {
  assertEquals(worst("a/free:free", { models: ["a/one"] }), worst("a/one"));
  assertEquals(worst("a/one:nitro"), worst("a/one"));
  assertEquals(worst("a/free:free"), 0);
});

Deno.test("worstCostUsd() is null when a price is not known", () => {
  assertEquals(worst("openrouter/auto"), null);
  assertEquals(worst("a/one", { models: ["b/unknown"] }), null);
});
