import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  costsUsd,
  findPrice,
  parsePrice,
  parsePriceList,
} from "../../src/catalog/price_list.ts";

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
const UNITS = { promptTokens: 50, completionTokens: 1000, images: 0 };

Deno.test("parsePriceList() omits models without a price, and does not throw for other JSON", () => {
  assertEquals([...PRICES.keys()], ["a/one", "a/thinker", "a/free:free"]);
  for (const body of [null, "x", {}, { data: {} }, { data: [1] }]) {
    assertEquals(parsePriceList(body).size, 0);
  }
});

Deno.test("costsUsd() counts request, prompt and output", () => {
  const usd = (model: string) =>
    costsUsd(findPrice(PRICES, model)!, UNITS).peakUsd;
  assertAlmostEquals(usd("a/one"), 0.5 + 50 * 0.00001 + 1000 * 0.00002);
  assertAlmostEquals(usd("a/thinker"), 1000 * 0.00003);
  assertEquals(usd("a/free:free"), 0);
});

Deno.test("findPrice() gives variants the price of their model, and null when a price is not known", () => {
  assertEquals(findPrice(PRICES, "a/one:nitro"), findPrice(PRICES, "a/one"));
  assertEquals(findPrice(PRICES, "openrouter/auto"), null);
  assertEquals(findPrice(PRICES, "b/unknown"), null);
});

Deno.test("costsUsd() uses the day's highest price and reports the lowest", () => {
  const price = parsePrice({
    pricing: {
      prompt: "0",
      completion: "0.000002",
      overrides: [
        { utc_start: 1000, utc_end: 1600, completion: "0.000004" },
        { utc_start: 2200, utc_end: 200, completion: "0.000001" },
      ],
    },
  })!;
  const { peakUsd, offPeakUsd } = costsUsd(price, UNITS);
  assertAlmostEquals(peakUsd, 0.004);
  assertAlmostEquals(offPeakUsd, 0.001);
});

Deno.test("costsUsd() uses the prices of long prompts for long prompts", () => {
  const price = parsePrice({
    pricing: {
      prompt: "0.000001",
      completion: "0",
      overrides: [{ min_prompt_tokens: 200_000, prompt: "0.000002" }],
    },
  })!;
  const usd = (promptTokens: number) =>
    costsUsd(price, { ...UNITS, promptTokens }).peakUsd;
  assertAlmostEquals(usd(199_999), 0.199999);
  assertAlmostEquals(usd(200_000), 0.4);
});

Deno.test("costsUsd() ignores discounts, and adds the cost of caching the prompt", () => {
  const price = parsePrice({
    pricing: {
      prompt: "0.000001",
      completion: "0.000001",
      input_cache_write: "0.00000125",
      image: "0.01",
      discount: 0.5,
    },
  })!;
  const { peakUsd } = costsUsd(price, { ...UNITS, images: 2 });
  assertAlmostEquals(peakUsd, 50 * 0.0000025 + 1000 * 0.000002 + 2 * 0.02);
});
