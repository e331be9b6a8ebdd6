import { assertEquals } from "@std/assert";
import { TimeLeft } from "../../src/viewer/time_left.ts";

Deno.test("TimeLeft.seconds() estimates from the speed since the first observation", () => {
  let nowMs = 5_000;
  const left = new TimeLeft(() => nowMs);
  // What an earlier process has done says nothing about the speed.
  assertEquals(left.seconds(1_000, 2_000), null);
  nowMs += 1_999;
  assertEquals(left.seconds(1_100, 2_000), null);
  nowMs += 1;
  assertEquals(left.seconds(1_100, 2_000), 18);
  nowMs += 2_000;
  assertEquals(left.seconds(1_500, 2_100), 5);
  assertEquals(left.seconds(2_100, 2_100), 0);
});

Deno.test("TimeLeft.seconds() returns null as long as nothing was done", () => {
  let nowMs = 0;
  const left = new TimeLeft(() => nowMs);
  left.seconds(7, 10);
  nowMs = 60_000;
  assertEquals(left.seconds(7, 10), null);
  assertEquals(left.seconds(6, 10), null);
});
