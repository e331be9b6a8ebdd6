import { assertEquals } from "@std/assert";
import { type Column, printTable } from "../../src/cli/output/print_table.ts";
import { linesOf } from "../support/lines_of.ts";

const COLUMNS: readonly Column<readonly [string, number]>[] = [
  ["NAME", "left", ([name]) => name],
  ["COUNT", "right", ([, count]) => `${count}`],
  ["NOTE", "left", ([name]) => name.slice(0, 1)],
];

Deno.test("printTable() aligns columns by the width of their characters", async () => {
  const rows = [["“a” — b", 1], ["問題 🥧", 23456], ["e\u0301", 7]] as const;
  const lines = await linesOf((output) => printTable(rows, COLUMNS, output));
  assertEquals(lines.join("\n").split("\n"), [
    "NAME     COUNT  NOTE",
    "“a” — b      1  “",
    "問題 🥧  23456  問",
    "e\u0301            7  e",
  ]);
});

Deno.test("printTable() keeps each row on one line, without control characters and trailing space", async () => {
  const rows = [["a\nb\tc\u001b[31m", 1], ["", 2]] as const;
  const lines = await linesOf((output) => printTable(rows, COLUMNS, output));
  assertEquals(lines.join("\n").split("\n"), [
    "NAME               COUNT  NOTE",
    "a\\nb\\tc\\u001b[31m      1  a",
    "                       2",
  ]);
});

Deno.test("printTable() cuts the last column to the width of a terminal", async () => {
  const columns: readonly Column<readonly [string, string]>[] = [
    ["NAME", "left", ([name]) => name],
    ["TEXT", "left", ([, text]) => text],
  ];
  const rows = [["a name", "x".repeat(40)], ["b", "問".repeat(20)], [
    "c",
    "y",
  ]] as const;
  const table = async (width: number | null) =>
    (await linesOf((output) => printTable(rows, columns, output, width)))
      .join("\n").split("\n");
  assertEquals(await table(20), [
    "NAME    TEXT",
    "a name  xxxxxxxxxxx…",
    "b       問問問問問…",
    "c       y",
  ]);
  assertEquals((await table(48))[1], `a name  ${"x".repeat(40)}`);
  assertEquals((await table(5))[1], "a name  xxxxxxxxx…");
  assertEquals((await table(null))[1], `a name  ${"x".repeat(40)}`);
});

Deno.test("printTable() gives all lines the same widths when the table is long", async () => {
  function* rows() {
    for (let row = 0; row < 1_200; row++) {
      yield [row === 1_100 ? "the longest" : "x", row] as const;
    }
  }
  const lines = (await linesOf((output) => printTable(rows(), COLUMNS, output)))
    .join("\n").split("\n");
  assertEquals(lines.length, 1_201);
  assertEquals(new Set(lines.map((line) => line.indexOf("x"))).size, 2);
  assertEquals(lines[0], "NAME         COUNT  NOTE");
  assertEquals(lines[1], "x                0  x");
  assertEquals(lines[1_101], "the longest   1100  t");
});
