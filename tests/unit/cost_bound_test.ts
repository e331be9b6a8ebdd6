import { assert, assertEquals } from "@std/assert";
import { CostBound } from "../../src/scheduler/cost_bound.ts";
import { TokenMargins } from "../../src/scheduler/token_margins.ts";

/** Charges one dollar for a prompt token, and a thousand for an output token. */
const PRICE = {
  contextTokens: 100_000,
  maxCompletionTokens: 10_000,
  costsUsd: (
    { promptTokens, completionTokens }: {
      readonly promptTokens: number;
      readonly completionTokens: number;
    },
  ) => {
    const peakUsd = promptTokens + 1000 * completionTokens;
    return { peakUsd, offPeakUsd: peakUsd / 2 };
  },
};

function boundOf(
  size: { bytes?: number; maxTokens?: number | null },
  prices = [PRICE],
  margins = new TokenMargins(),
): CostBound {
  return new CostBound(
    { bytes: 1000, images: 0, maxTokens: 100, ...size },
    { prices, margins, unboundedBy: null },
  );
}

Deno.test("CostBound adds margins to the bytes and to max_tokens, up to the context", () => {
  assertEquals(boundOf({}).maxUsd, 2500 + 1000 * 1200);
  assertEquals(boundOf({}).offPeakUsd, (2500 + 1000 * 1200) / 2);
  assertEquals(boundOf({ bytes: 1e6 }).maxUsd, 100_000 + 1000 * 1200);
  assertEquals(boundOf({ maxTokens: 1e6 }).maxUsd, 2500 + 1000 * 100_000);
});

Deno.test("CostBound uses the most expensive model or endpoint", () => {
  const cheap = { ...PRICE, contextTokens: 10 };
  assertEquals(boundOf({}, [cheap, PRICE]).maxUsd, boundOf({}).maxUsd);
});

Deno.test("CostBound needs the model's limit if the request has none", () => {
  assertEquals(boundOf({ maxTokens: null }).maxUsd, 2500 + 1000 * 10_000);
  const unlimited = {
    ...PRICE,
    contextTokens: Infinity,
    maxCompletionTokens: Infinity,
  };
  const { unboundedBy } = boundOf({ maxTokens: null }, [unlimited]);
  assert(unboundedBy?.includes("max_tokens is not set"));
});

Deno.test("CostBound learns from answers that exceed it, for all requests of the model", () => {
  const margins = new TokenMargins();
  const [one, other] = [1, 2].map(() => boundOf({}, [PRICE], margins));
  one!.observe({ promptTokens: 4000, completionTokens: 2200 });
  // A quarter more than the excess of 3,000 and of 2,000.
  assertEquals(other!.maxUsd, 1000 + 3750 + 1000 * (200 + 2500));
  one!.observe({ promptTokens: null, completionTokens: 5 });
  assertEquals(other!.maxUsd, 1000 + 3750 + 1000 * (200 + 2500));
});
