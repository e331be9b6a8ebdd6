import { assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path/join";
import results from "../bench/results.json" with { type: "json" };
import { ratioTable, withRatioTable } from "../bench/ratio_table.ts";
import { type Row, row } from "../bench/row.ts";
import { ROOT } from "../support/run_script.ts";

/** Formats a table without aligned columns. */
function narrow(text: string): string {
  return text.replaceAll(/ +\|/g, " |").replaceAll(/-{3,}/g, "---");
}

Deno.test("docs/speed.md: the table of ratios matches results.json", () => {
  const document = Deno.readTextFileSync(join(ROOT, "docs/speed.md"));
  const table = ratioTable(results.rows as Row[]);
  assertEquals(narrow(document), narrow(withRatioTable(document, table)));
});

Deno.test("ratioTable() has a row per case, with the ratios to its reference and other clients", () => {
  const speed = {
    letter: "a",
    setting: "64 in flight",
    unit: "requests/s",
  } as const;
  const limit = { name: "bare loop (Deno)", rounds: [200, 400] };
  const ours = [100, 300];
  const rows = [
    row({ ...speed, contestant: limit.name, rounds: limit.rounds }),
    row({
      ...speed,
      contestant: "@rollouts/client (Deno)",
      rounds: ours,
      reference: limit,
    }),
    row({ ...speed, contestant: "openai (Deno)", rounds: [50, 100] }),
    row({ ...speed, contestant: "openai (Node)", rounds: [10, 20] }),
    row({
      ...speed,
      contestant: "@rollouts/client (Deno)",
      rounds: ours,
      reference: { name: "openai (Deno)", rounds: [50, 100] },
    }),
  ];
  assertEquals(ratioTable(rows).split("\n").slice(2), [
    "| (a) 64 in flight | 0.63 | bare loop (Deno) | 2.50, 13 |  |  |",
  ]);
});

Deno.test("withRatioTable() throws if the file has no markers", () => {
  assertThrows(() => withRatioTable("# Title", "| |"), Error, "has no");
});
