import { assertEquals } from "@std/assert";
import { printJsonArray } from "../../src/cli/output/print_json_array.ts";
import { linesOf } from "../support/lines_of.ts";

const ROWS: readonly (readonly unknown[])[] = [
  [],
  [{ a: 1 }],
  [{ a: [1, { b: null }] }, {}, ["line\n“end”\u2028more"], "text"],
];

Deno.test("printJsonArray() prints what JSON.stringify() returns for the whole array", async () => {
  for (const rows of ROWS) {
    const lines = await linesOf((output) =>
      printJsonArray(rows, (row) => row, output)
    );
    assertEquals(lines.join("\n"), JSON.stringify(rows, null, 2));
  }
});

Deno.test("printJsonArray() prints a long array in parts while it reads the rows", async () => {
  let printed = 0;
  const numbers = Array.from({ length: 1_500 }, (_, index) => index);
  const lines = await linesOf((output, lines) => {
    function* rows() {
      for (const number of numbers) {
        printed = lines.length;
        yield number;
      }
    }
    printJsonArray(rows(), (row) => row, output);
  });
  assertEquals([printed, lines.length], [2, 3]);
  assertEquals(lines.join("\n"), JSON.stringify(numbers, null, 2));
});
