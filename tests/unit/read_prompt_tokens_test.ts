import { assertEquals } from "@std/assert";
import { readPromptTokens } from "../../src/completion/read_prompt_tokens.ts";

Deno.test("readPromptTokens() leaves out the tokens that an echo generated", () => {
  const content = ["a", "b", "c"].map((token, index) => ({
    token,
    logprob: index === 0 ? null : -index,
  }));
  const completion = {
    tokens: ["a", "b", "c"],
    token_logprobs: [null, -1, -2],
  };
  for (const logprobs of [{ content }, completion]) {
    for (
      const [usage, expected] of [
        [undefined, ["a", "b"]],
        [{ completion_tokens: 0 }, ["a", "b", "c"]],
        [{ completion_tokens: 2 }, ["a"]],
      ] as const
    ) {
      const tokens = readPromptTokens(
        { choices: [{ logprobs }], usage },
        "echo",
      );
      assertEquals(tokens?.map(({ text }) => text), [...expected]);
    }
  }
});

Deno.test("readPromptTokens() finds the prompt's token among the likelier ones by its id", () => {
  const place = {
    // JSON objects have their numbers in order.
    7: { logprob: -3, rank: 3, decoded_token: "b" },
    9: { logprob: -0.5, rank: 1, decoded_token: "a" },
    12: { logprob: -1, rank: 2, decoded_token: "c" },
  };
  const answer = {
    prompt_logprobs: [null, place, { 9: place[9] }],
    prompt_token_ids: [1, 7, 9],
  };
  const tokens = readPromptTokens(answer, "prompt_logprobs");
  assertEquals(
    tokens?.map(({ text, logprob, top }) => [
      text,
      logprob,
      top.map(({ text }) => text).join(""),
    ]),
    [["", null, ""], ["b", -3, "acb"], ["a", -0.5, "a"]],
  );
  // Without the ids, nothing shows which of them it is.
  const [, unknown] = readPromptTokens(
    { ...answer, prompt_token_ids: undefined },
    "prompt_logprobs",
  )!;
  assertEquals([unknown?.text, unknown?.logprob], ["", null]);
});

Deno.test("readPromptTokens() returns null if an answer has none", () => {
  for (
    const  of of["echo", "prompt_logprobs", "input_token_logprobs"] as const
  ) {
    assertEquals(readPromptTokens({ choices: [{ text: "a" }] }, of), null);
    assertEquals(readPromptTokens({}, of), null);
  }
});
