import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { createRandom } from "../../src/testing/random.ts";
import {
  sampleToken,
  type SamplingParameters,
} from "../../src/testing/tiny_model/sample_token.ts";
import { tokenLogprobs } from "../../src/testing/tiny_model/token_logprobs.ts";

const ALL = { temperature: 1, topK: 0, topP: 1, minP: 0 };

/** The logits of the probabilities 0.1, 0.4, 0.2 and 0.3. */
const LOGITS = Float32Array.from([0.1, 0.4, 0.2, 0.3], Math.log);

Deno.test("sampleToken() samples each token with its probability", () => {
  assertShares({}, [0.1, 0.4, 0.2, 0.3]);
});

Deno.test("sampleToken() sharpens or flattens the probabilities by temperature", () => {
  assertShares({ temperature: 0.5 }, [1 / 30, 16 / 30, 4 / 30, 9 / 30]);
  const roots = [0.1, 0.4, 0.2, 0.3].map(Math.sqrt);
  const total = roots.reduce((sum, root) => sum + root);
  assertShares({ temperature: 2 }, roots.map((root) => root / total));
});

Deno.test("sampleToken() picks the most likely token when the temperature is 0", () => {
  assertShares({ temperature: 0, topK: 3 }, [0, 1, 0, 0]);
});

Deno.test("sampleToken() leaves the top k tokens", () => {
  assertShares({ topK: 2 }, [0, 4 / 7, 0, 3 / 7]);
  assertShares({ topK: 100 }, [0.1, 0.4, 0.2, 0.3]);
});

Deno.test("sampleToken() leaves the fewest tokens that have the share top p", () => {
  assertShares({ topP: 0.65 }, [0, 4 / 7, 0, 3 / 7]);
  assertShares({ topP: 0.75 }, [0, 4 / 9, 2 / 9, 3 / 9]);
  assertShares({ topP: 0 }, [0, 1, 0, 0]);
  // Of the two tokens that top k leaves, one has 4/7 of the probability.
  assertShares({ topK: 2, topP: 0.55 }, [0, 1, 0, 0]);
});

Deno.test("sampleToken() leaves tokens with the share min p of the highest probability", () => {
  assertShares({ minP: 0.7 }, [0, 4 / 7, 0, 3 / 7]);
  assertShares({ minP: 1 }, [0, 1, 0, 0]);
});

Deno.test("sampleToken() returns a token for the highest random number", () => {
  assertEquals(sampleToken(LOGITS, ALL, () => 1 - 2 ** -53), 3);
});

Deno.test("tokenLogprobs() lists the most likely tokens, most likely first", () => {
  const logits = new Float32Array(260).fill(-1e9);
  logits[97] = Math.log(0.5);
  logits[257] = Math.log(0.3);
  logits[0xe4] = Math.log(0.2);
  const { top_logprobs, ...own } = tokenLogprobs(logits, 0xe4, 2);
  assertEquals([own.token, own.bytes], ["\ufffd", [0xe4]]);
  assertAlmostEquals(own.logprob, Math.log(0.2), 1e-6);
  assertEquals(
    top_logprobs.map(({ token, bytes }) => [token, bytes]),
    [["a", [97]], ["<|im_end|>", [...new TextEncoder().encode("<|im_end|>")]]],
  );
  assertEquals(tokenLogprobs(logits, 97, 0).top_logprobs, []);
});

function assertShares(
  parameters: Partial<SamplingParameters>,
  expected: readonly number[],
): void {
  const draws = 20_000;
  const counts = LOGITS.map(() => 0);
  const random = createRandom(7);
  for (let i = 0; i < draws; i++) {
    counts[sampleToken(LOGITS, { ...ALL, ...parameters }, random)]! += 1;
  }
  for (const [token, share] of expected.entries()) {
    const found = counts[token]! / draws;
    // Four standard errors.
    const tolerance = 4 * Math.sqrt(share * (1 - share) / draws);
    assert(Math.abs(found - share) <= tolerance, `${token}: ${found} ${share}`);
  }
}
