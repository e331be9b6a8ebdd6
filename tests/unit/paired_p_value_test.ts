import { assert, assertEquals, assertThrows } from "@std/assert";
import { pairedPValue } from "../../src/resampling/mod.ts";

/** Twice the probability of at most `few` heads in `all` throws. */
function signTest(few: number, all: number): number {
  let sum = 0;
  let ways = 1;
  for (let heads = 0; heads <= few; heads++) {
    sum += ways / 2 ** all;
    ways = ways * (all - heads) / (heads + 1);
  }
  return Math.min(1, 2 * sum);
}

function outcomes(more: number, less: number, equal: number): number[] {
  return [
    ...new Array<number>(more).fill(1),
    ...new Array<number>(less).fill(-1),
    ...new Array<number>(equal).fill(0),
  ];
}

Deno.test("pairedPValue() is McNemar's exact test when differences are of right and wrong answers", () => {
  assertEquals(pairedPValue([]), 1);
  for (const [more, less] of [[1, 0], [5, 1], [2, 2], [9, 4]] as const) {
    const found = pairedPValue(outcomes(more, less, 7));
    const expected = signTest(Math.min(more, less), more + less);
    assert(Math.abs(found - expected) < 1e-12, `${more} ${less}`);
  }
});

Deno.test("pairedPValue() is near the exact test when there are too many differences to enumerate", () => {
  for (const [more, less] of [[12, 8], [40, 25], [300, 300]] as const) {
    const found = pairedPValue(outcomes(more, less, 3), { seed: 1 });
    const expected = signTest(Math.min(more, less), more + less);
    // Five standard errors of 9,999 draws.
    const error = 5 * Math.sqrt(expected * (1 - expected) / 9_999) + 1e-4;
    assert(Math.abs(found - expected) < error, `${found} ${expected}`);
  }
  assertEquals(pairedPValue(outcomes(50, 0, 0), { permutations: 99 }), 0.01);
});

Deno.test("pairedPValue() weighs differences by their size, in either direction alike", () => {
  // All sign changes of 1, 1, 1 and 100 have a sum of at least 97, in either direction.
  assertEquals(pairedPValue([-1, -1, -1, 100]), 1);
  assertEquals(pairedPValue([1, 1, 1, 100]), 2 / 16);
  const sizes = Array.from({ length: 40 }, (_, i) => (i % 7) - 2.5);
  assertEquals(pairedPValue(sizes), pairedPValue(sizes));
  assert(pairedPValue(sizes.map((size) => size + 3)) < 0.001);
  assertThrows(() => pairedPValue([1, NaN]), RangeError, "finite");
});
