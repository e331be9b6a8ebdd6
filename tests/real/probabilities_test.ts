import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { KvCache } from "../../src/testing/tiny_model/kv_cache.ts";
import { logSoftmax } from "../../src/testing/tiny_model/log_softmax.ts";
import {
  decodeTokens,
  encodeTokens,
} from "../../src/testing/tiny_model/tokenizer.ts";
import { llamaClient } from "./llama_client.ts";
import {
  HAS_LLAMA_CPP,
  type LlamaServer,
  startLlamaServer,
} from "./start_llama_server.ts";
import { tinyLlama } from "./tiny_llama.ts";

const ignore = !HAS_LLAMA_CPP;

/** How far probabilities may be apart: llama.cpp rounds activations to 16 bits, like the weights. */
const ROUNDING = 0.01;
const MEAN_ROUNDING = 1e-4;

const llama = tinyLlama();
let server: LlamaServer;
const differences: number[] = [];
const sums: number[] = [];

Deno.test.beforeAll(async () => {
  if (!ignore) server = await startLlamaServer();
});

Deno.test.afterAll(async () => {
  if (ignore) return;
  await server[Symbol.asyncDispose]();
  const mean = differences.reduce((a, b) => a + b) / differences.length;
  const highest = differences.reduce((a, b) => Math.max(a, b));
  console.log(
    `${differences.length} probabilities from llama.cpp and from the logits in TypeScript differ by ${
      mean.toExponential(1)
    } on average, and by at most ${highest.toExponential(1)}`,
  );
  console.log(
    `the scores of all texts of one token sum to ${
      sums.map((sum) => sum.toFixed(7)).join(" and ")
    }`,
  );
  assert(mean < MEAN_ROUNDING, `${mean}`);
});

for (
  const [question, thought] of [
    ["What is 5*10?", "5*1"],
    ["What is 4*5?", ""],
    ["What is 7+6?", "Let me see."],
  ] as const
) {
  Deno.test(
    `Response.logprobs follow from the logits after ${question} ${thought}`,
    {
      ignore,
    },
    async () => {
      await using client = llamaClient(server);
      const prefill = `<think>\n${thought}`;
      const { responses } = await client.generate(`${question}\n${prefill}`, {
        nSamples: 5,
        logprobs: true,
        topLogprobs: 20,
      });
      const prompt = encodeTokens(
        `<|im_start|>user\n${question}<|im_end|>\n<|im_start|>assistant\n${prefill}`,
      );
      for (const { logprobs } of responses) {
        const cache = new KvCache(llama.config);
        let next = prompt;
        const { reasoning, content } = logprobs!;
        for (const sampled of [...reasoning ?? [], ...content ?? []]) {
          const expected = logSoftmax(llama.evaluate(next, cache));
          for (const { text, logprob } of [sampled, ...sampled.top]) {
            // Bytes that are not ASCII are unlikely here, and have no text of their own.
            if (text === "\ufffd") continue;
            const found = Math.exp(logprob!);
            const difference = Math.abs(
              found - Math.exp(expected[idOf(text)]!),
            );
            assert(difference < ROUNDING, `${text}: ${difference}`);
            differences.push(difference);
          }
          next = [idOf(sampled.text)];
        }
      }
    },
  );
}

for (const thought of ["5*1", "5*10 = 50. Let me"]) {
  Deno.test(
    `client.score() of all texts of one token after ${thought} sums to 1`,
    {
      ignore,
    },
    async () => {
      await using client = llamaClient(server);
      const prompt =
        `<|im_start|>user\nWhat is 5*10?<|im_end|>\n<|im_start|>assistant\n<think>\n${thought}`;
      const exact = logSoftmax(
        llama.evaluate(encodeTokens(prompt), new KvCache(llama.config)),
      );
      let sum = 0;
      for (const [id, text] of TEXTS) {
        const { tokens, sum: logprob } = await client.score(prompt, text, {
          raw: true,
        });
        assertEquals(tokens.length, 1);
        const probability = Math.exp(logprob);
        assertAlmostEquals(probability, Math.exp(exact[id]!), ROUNDING);
        sum += probability;
      }
      sums.push(sum);
      // Bytes that are not ASCII have the rest.
      assertAlmostEquals(sum, 1, 1e-5);
    },
  );
}

/** All tokens with a text of their own, by id: ASCII and the special tokens. */
const TEXTS = [
  ...Array.from({ length: 128 }, (_, id) => [id, decodeTokens([id])] as const),
  ...[256, 257, 258, 259].map((id) => [id, decodeTokens([id])] as const),
];

function idOf(token: string): number {
  const [id, ...others] = encodeTokens(token);
  assertEquals(others, []);
  return id!;
}
