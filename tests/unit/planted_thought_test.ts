import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { createRandom } from "../../src/testing/random.ts";
import { PLANTED_SENTENCES } from "../../src/testing/planted_sentences.ts";
import {
  continuePlanted,
  plantedAnswerShares,
} from "../../src/testing/planted_thought.ts";

Deno.test("continuePlanted() writes all sentences, and can continue in the middle of one", () => {
  const random = createRandom(1);
  const { reasoning } = continuePlanted("", random);
  let at = 0;
  for (const { wordings } of PLANTED_SENTENCES) {
    const wording = wordings.find((text) => reasoning.startsWith(text, at));
    assert(wording !== undefined, reasoning.slice(at));
    at += wording.length + 1;
  }
  const half = reasoning.slice(0, reasoning.length / 2);
  const { reasoning: rest } = continuePlanted(half, random);
  assertEquals(
    (half + rest).split(". ").length,
    reasoning.split(". ").length,
  );
});

Deno.test("plantedAnswerShares() matches the observed frequencies", () => {
  const random = createRandom(2);
  const whole = continuePlanted("", random).reasoning;
  for (
    const length of [0, 0.2, 0.3, 0.6, 0.9, 1].map((part) =>
      part * whole.length
    )
  ) {
    const written = whole.slice(0, length);
    const counts = new Map<string, number>();
    for (let i = 0; i < 4_000; i++) {
      const { content } = continuePlanted(written, random);
      const answer = /\\boxed\{(\d)\}/.exec(content)![1]!;
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
    let sum = 0;
    for (const [answer, share] of plantedAnswerShares(written)) {
      const found = (counts.get(answer) ?? 0) / 4_000;
      const sd = Math.sqrt(share * (1 - share) / 4_000);
      assert(Math.abs(found - share) < 4.5 * sd, `${length}: ${answer}`);
      sum += share;
    }
    assertAlmostEquals(sum, 1, 1e-12);
  }
});

Deno.test("plantedAnswerShares() matches probabilities computed by hand", () => {
  const slip = 0.04 / 8;
  const shares = (written: string) =>
    Object.fromEntries(plantedAnswerShares(written));
  for (const share of Object.values(shares(""))) {
    assertAlmostEquals(share, 1 / 8, 1e-12);
  }
  // The first sentence rules out 1 and 2. The second rules out the middle of 3 to 8: 5 and 6.
  const two = "Nobody takes the lowest two. Hmm. " +
    "Whatever is in the middle cannot be it.";
  for (const [answer, share] of Object.entries(shares(two))) {
    const isLeft = ["3", "4", "7", "8"].includes(answer);
    assertAlmostEquals(share, slip + (isLeft ? 0.96 / 4 : 0), 1e-12, answer);
  }
  // They rule out the third of 3, 4, 7 and 8, then the largest of 3, 4 and 8, then 4.
  const all = `${two} Number three I cross off my list. ` +
    "Surely it is not that large. Only a pair remains: I take its lower half.";
  assertAlmostEquals(shares(all)["3"]!, 0.96 + slip, 1e-12);
  // The incomplete sentence is neutral in all wordings.
  const middle = two + " I write down";
  assertAlmostEquals(shares(middle)["3"]!, 0.24 + slip, 1e-12);
  // An incomplete sentence that can only rule out the first answer.
  const begun =
    `${two} I write down the others again. One step after the other. Four`;
  assertEquals(shares(begun)["3"], slip);
  assertAlmostEquals(shares(begun)["4"]!, 0.32 + slip, 1e-12);
});
