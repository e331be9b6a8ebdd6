import { assertEquals } from "@std/assert";
import type { Outcome } from "../../src/outcome.ts";
import { requestCostUsd } from "../../src/scheduler/request_cost_usd.ts";

const WORST_USD = 0.5;

function costOf(usage: Readonly<Record<string, unknown>>): number {
  const outcome = { type: "answer", response: { usage } };
  return requestCostUsd(outcome as unknown as Outcome, WORST_USD);
}

Deno.test("requestCostUsd() counts what the provider charged for the user's own key", () => {
  assertEquals(costOf({ cost: 0, isByok: true, upstreamCost: 0.25 }), 0.25);
  assertEquals(costOf({ cost: 0.01, isByok: true, upstreamCost: 0.25 }), 0.26);
  assertEquals(costOf({ cost: 0.1, isByok: false, upstreamCost: 0.1 }), 0.1);
  assertEquals(costOf({ cost: 0, isByok: true, upstreamCost: null }), 0.5);
});

Deno.test("requestCostUsd() counts a missing or impossible cost at the worst case", () => {
  for (const cost of [null, -1, NaN, Infinity]) {
    assertEquals(costOf({ cost }), WORST_USD);
  }
});
