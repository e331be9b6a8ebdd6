import { assert, assertEquals, assertRejects } from "@std/assert";
import { Budget } from "../../src/scheduler/budget.ts";
import { BudgetError } from "../../src/errors.ts";
import { formatUsd } from "../../src/util/format_usd.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { never } from "../support/never.ts";

Deno.test("Budget.reserve() never lets spent and reserved costs exceed the limit", async () => {
  const budget = new Budget(1);
  const clock = new FakeClock();
  let underWayUsd = 0;
  let refused = 0;
  const run = async (costUsd: number) => {
    try {
      const reservation = await budget.reserve(0.1, never());
      underWayUsd += 0.1;
      assert(budget.spentUsd + underWayUsd <= 1 + 1e-9);
      await clock.sleep(1_000);
      underWayUsd -= 0.1;
      reservation.commit(costUsd);
    } catch (error) {
      if (!(error instanceof BudgetError)) throw error;
      refused++;
    }
  };
  const runs = Array.from({ length: 100 }, (_, i) => run(0.03 + i % 3 / 100));
  await clock.advance(100_000);
  await Promise.all(runs);
  assert(budget.spentUsd > 0.9 && budget.spentUsd <= 1, `${budget.spentUsd}`);
  assert(refused > 70 && refused < 80, `${refused}`);
});

Deno.test("Budget.reserve() waits for requests in flight before it rejects", async () => {
  const budget = new Budget(1);
  const first = await budget.reserve(0.6, never());
  const second = budget.reserve(0.6, never());
  first.commit(0.4);
  (await second).commit(0.6);
  await assertRejects(
    () => budget.reserve(0.001, never()),
    BudgetError,
    "$1.0000",
  );
});

Deno.test("Budget.reserve() rejects with the reason when aborted, and reserves nothing", async () => {
  const budget = new Budget(1);
  const first = await budget.reserve(1, never());
  const caller = new AbortController();
  const waiting = budget.reserve(1, caller.signal);
  caller.abort(new Error("enough"));
  await assertRejects(() => waiting, Error, "enough");
  first.commit(0);
  first.commit(5);
  assertEquals(budget.spentUsd, 0);
  (await budget.reserve(1, never())).commit(0);
});

Deno.test("Budget.reserve() refuses with amounts of one format", async () => {
  const budget = new Budget(0.0001);
  await assertRejects(
    () => budget.reserve(1.5, never()),
    BudgetError,
    "budget reached: $0.0000 of $0.0001 spent, the next request may cost up to $1.5000; ",
  );
});

Deno.test("formatUsd() shows at least four decimals, and no amount but zero as zero", () => {
  const amounts = [0, 0.5, 100, 1234.56789, 0.0123, 0.00123, 0.0001, 1.234e-7];
  assertEquals(amounts.map((usd) => formatUsd(usd)), [
    ...["$0.0000", "$0.5000", "$100.0000", "$1234.5679"],
    ...["$0.0123", "$0.00123", "$0.0001", "$0.000000123"],
  ]);
  assertEquals(formatUsd(-0.00002), "-$0.00002");
  assertEquals([formatUsd(null), formatUsd(null, "none")], ["?", "none"]);
});
