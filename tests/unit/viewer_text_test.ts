import { assertEquals } from "@std/assert";
import { address, parseRoute } from "../../web/viewer/route/route.ts";
import { cutAt } from "../../src/util/cut_at.ts";
import {
  compact,
  counted,
  dollars,
  duration,
  percent,
  roughDuration,
  totalCost,
  totalOutput,
} from "../../web/viewer/text/numbers.ts";
import { probability } from "../../web/text/p_value.ts";
import { promptText } from "../../src/viewer/prompt_text.ts";
import {
  type Piece,
  readablePieces,
} from "../../web/viewer/text/readable_pieces.ts";

Deno.test("parseRoute() reads what address() writes, for any values", () => {
  const ids = ["set", "a/b?c#d %", "seed_00000.json"];
  const query = { q: "a & b=c", sort: "-cost" };
  assertEquals(parseRoute(address(ids, query)), {
    page: "set",
    path: ids,
    ids: ids.slice(1),
    query,
  });
  assertEquals(address([]), "#/");
  assertEquals(address([], { q: "" }), "#/");
});

Deno.test("parseRoute() returns no page for an unknown address", () => {
  for (const hash of ["#/nowhere", "#/set", "#/compare/a", "#/constructor/a"]) {
    assertEquals(parseRoute(hash).page, "unknown", hash);
  }
  assertEquals(parseRoute("").page, "sets");
  assertEquals(parseRoute("#/?q=x").query, { q: "x" });
  assertEquals(parseRoute("#/set/%E0%A4%A").ids, ["%E0%A4%A"]);
});

Deno.test("cutAt() does not split a surrogate pair", () => {
  assertEquals(cutAt("ab😀c", 3), 2);
  assertEquals(cutAt("ab😀c", 4), 4);
  assertEquals(cutAt("ab", 9), 2);
});

Deno.test("percent() shows 0% and 100% only for none and all", () => {
  assertEquals([0, 0.001, 0.256, 0.999, 1].map(percent), [
    "0%",
    "<1%",
    "26%",
    ">99%",
    "100%",
  ]);
});

Deno.test("dollars(), durations and counted() are as exact as a reader needs", () => {
  assertEquals([0, 3.1e-7, 0.00012, 0.0123, 3.456, 1234.5].map(dollars), [
    "$0",
    "$0.00000031",
    "$0.00012",
    "$0.0123",
    "$3.46",
    "$1,235",
  ]);
  assertEquals([12, 999.5, 12_345, 99_960, 149_400, 5_000_000].map(duration), [
    "12 ms",
    "1.0 s",
    "12.3 s",
    "100 s",
    "149 s",
    "5,000 s",
  ]);
  assertEquals([1, 99, 750, 12_600, 400_000].map(roughDuration), [
    "1 s",
    "99 s",
    "13 min",
    "3.5 h",
    "5 days",
  ]);
  assertEquals([12, 1300, 6740, 9_000_000].map(compact), [
    "12",
    "1.30K",
    "6.74K",
    "9.00M",
  ]);
  assertEquals([counted(1, "set"), counted(2000, "set")], [
    "1 set",
    "2,000 sets",
  ]);
});

Deno.test("totalCost() never shows an unknown cost as nothing", () => {
  const of = (samples: number, priced: number, costUsd: number) =>
    totalCost({ samples, priced, costUsd });
  assertEquals([of(3, 3, 1.2), of(3, 2, 1.2), of(3, 0, 0), of(3, 3, 0)], [
    "$1.20",
    "≥\u00a0$1.20",
    "–",
    "$0",
  ]);
});

Deno.test("totalOutput() is a lower bound if some samples do not report their tokens", () => {
  const of = (lengths: Record<string, number>) =>
    totalOutput({ samples: 3, completionTokens: 2_000, lengths });
  assertEquals([of({ 500: 2, 1000: 1 }), of({ 1000: 2 }), of({})], [
    "2.00K",
    "≥\u00a02.00K",
    "–",
  ]);
});

Deno.test("probability() does not break, and has two digits", () => {
  assertEquals([0.01234, 0.0001, 1].map(probability), [
    "p\u00a0=\u00a00.012",
    "p\u00a0<\u00a00.001",
    "p\u00a0=\u00a01",
  ]);
});

Deno.test("promptText() contains the texts of all messages, and names parts without text", () => {
  assertEquals(
    promptText([
      { role: "system", content: "Be brief." },
      {
        role: "user",
        content: [{ type: "text", text: "What is this?" }, {
          type: "image_url",
          image_url: { url: "data:," },
        }],
      },
      { role: "assistant", content: null },
    ]),
    "Be brief.\n\nWhat is this?\n[image_url]\n\n",
  );
});

Deno.test("readablePieces() merges short accidental matches into the differences", () => {
  const same = (text: string): Piece => ({ text, kind: "same" });
  const removed = (text: string): Piece => ({ text, kind: "removed" });
  const added = (text: string): Piece => ({ text, kind: "added" });
  const pieces = [
    same("So "),
    removed("one"),
    added("two"),
    same(" and "),
    removed("three"),
    added("four"),
    same(" make five in all"),
  ];
  const readable = readablePieces(pieces);
  assertEquals(readable, [
    same("So "),
    removed("one and three"),
    added("two and four"),
    same(" make five in all"),
  ]);
  // Each text is still complete.
  const text = (pieces: readonly Piece[], other: Piece["kind"]) =>
    pieces.filter(({ kind }) => kind !== other).map(({ text }) => text).join(
      "",
    );
  for (const other of ["removed", "added"] as const) {
    assertEquals(text(readable, other), text(pieces, other));
  }
});
