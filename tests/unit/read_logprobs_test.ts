import { assertEquals } from "@std/assert";
import { readLogprobs } from "../../src/read_logprobs.ts";
import { Response } from "../../src/response.ts";
import { responseData } from "../support/response_data.ts";

/** A token of a chat. */
function chatToken(token: string, logprob: number | null = -0.5) {
  const bytes = [...new TextEncoder().encode(token)];
  return { token, logprob, bytes, top_logprobs: [] };
}

function chatLogprobs(...tokens: readonly string[]) {
  return { content: tokens.map((token) => chatToken(token)) };
}

/** Returns the tokens with their places, as "offset:text". */
function places(
  logprobs: unknown,
  texts: { readonly reasoning: string | null; readonly content: string },
) {
  const read = readLogprobs(logprobs, texts);
  const list = (name: "reasoning" | "content") =>
    read?.[name]?.map(({ offset, text }) => `${offset ?? ""}:${text}`) ?? null;
  return { reasoning: list("reasoning"), content: list("content") };
}

Deno.test("readLogprobs() reads the shape of a chat", () => {
  const top = { token: " 5", logprob: -1.5, bytes: [32, 53] };
  const logprobs = {
    content: [{ ...chatToken(" 4", -0.25), top_logprobs: [top] }],
    refusal: null,
  };
  assertEquals(readLogprobs(logprobs, { reasoning: null, content: " 4" }), {
    reasoning: null,
    content: [{
      text: " 4",
      logprob: -0.25,
      bytes: [32, 52],
      offset: 0,
      top: [{ text: " 5", logprob: -1.5, bytes: [32, 53] }],
    }],
  });
});

Deno.test("readLogprobs() reads the shape of a completion, with the likeliest alternative first", () => {
  const logprobs = {
    tokens: ["4", "!"],
    token_logprobs: [-1.5, null],
    top_logprobs: [{ "4": -1.5, "5": -0.25 }, null],
    // SGLang.
    text_offset: [-1, -1],
  };
  assertEquals(readLogprobs(logprobs, { reasoning: null, content: "4!" }), {
    reasoning: null,
    content: [
      {
        text: "4",
        logprob: -1.5,
        bytes: null,
        offset: 0,
        top: [
          { text: "5", logprob: -0.25, bytes: null },
          { text: "4", logprob: -1.5, bytes: null },
        ],
      },
      { text: "!", logprob: null, bytes: null, offset: 1, top: [] },
    ],
  });
});

Deno.test("readLogprobs() reads the list of the reasoning that DeepSeek reports", () => {
  const logprobs = {
    ...chatLogprobs("Fif", "ty"),
    reasoning_content: [chatToken("Let"), chatToken(" me")],
  };
  assertEquals(places(logprobs, { reasoning: "Let me", content: "Fifty" }), {
    reasoning: ["0:Let", "3: me"],
    content: ["0:Fif", "3:ty"],
  });
  const cut = { content: null, reasoning_content: [chatToken("Let")] };
  assertEquals(places(cut, { reasoning: "Let", content: "" }), {
    reasoning: ["0:Let"],
    content: null,
  });
});

Deno.test("readLogprobs() splits one list at the end of the reasoning", () => {
  const tokens = ["<think>", "\n", "Let", " i", "</think>", "\n\n", "i", "<e>"];
  const texts = { reasoning: "Let i", content: "i" };
  assertEquals(places(chatLogprobs(...tokens), texts), {
    reasoning: [":<think>", ":\n", "0:Let", "3: i", ":</think>", ":\n\n"],
    content: ["0:i", ":<e>"],
  });
  // The mark is not a token of its own.
  const raw = places(
    { tokens: ["5", "0.</", "think>5", "0"], token_logprobs: [-1, -2, -3, -4] },
    { reasoning: "50.", content: "50" },
  );
  assertEquals(raw, {
    reasoning: ["0:5", ":0.</"],
    content: [":think>5", "1:0"],
  });
});

Deno.test("readLogprobs() splits the channels of gpt-oss", () => {
  const tokens = [
    ...[
      "<|channel|>",
      "analysis",
      "<|message|>",
      "Sum",
      "<|end|>",
      "<|start|>",
    ],
    ...["assistant", "<|channel|>", "final", "<|message|>", "a"],
  ];
  const { reasoning, content } = places(chatLogprobs(...tokens), {
    reasoning: "Sum",
    content: "a",
  });
  assertEquals(reasoning?.filter((token) => !token.startsWith(":")), ["0:Sum"]);
  assertEquals(content, ["0:a"]);
});

Deno.test("readLogprobs() returns no content tokens if the reasoning was cut short", () => {
  assertEquals(
    places(chatLogprobs("Let", " me"), { reasoning: "Let me", content: "" }),
    { reasoning: ["0:Let", "3: me"], content: null },
  );
});

Deno.test("readLogprobs() keeps all tokens without places if the texts are others", () => {
  assertEquals(
    places(chatLogprobs("a", "b"), { reasoning: "Hm", content: "No." }),
    { reasoning: null, content: [":a", ":b"] },
  );
});

Deno.test("readLogprobs() puts a character of several tokens into the last of them", () => {
  const [first, second, third] = [[0xe2], [0x82], [0xac, 0x21]];
  const logprobs = {
    content: [first, second, third].map((bytes) => ({
      // OpenAI writes such a token as an escape, and vLLM as U+FFFD.
      token: "\\xe2",
      bytes,
      logprob: -1,
      top_logprobs: [{ token: "\\xe2", bytes: first, logprob: -1 }],
    })),
  };
  assertEquals(
    places(logprobs, { reasoning: null, content: "€!" }),
    { reasoning: null, content: ["0:", "0:", "0:€!"] },
  );
  const read = readLogprobs(logprobs, { reasoning: null, content: "€!" });
  assertEquals(read?.content?.[0]?.top, [
    { text: "\ufffd", bytes: [0xe2], logprob: -1 },
  ]);
});

Deno.test("readLogprobs() returns null for other shapes", () => {
  const texts = { reasoning: null, content: "4" };
  for (const logprobs of [null, [], "no", 3, {}, { content: null }]) {
    assertEquals(readLogprobs(logprobs, texts), null);
  }
});

Deno.test("Response.logprobs has one form, and toJSON() the provider's", () => {
  const raw = {
    tokens: [" four", "</think>", " 4"],
    token_logprobs: [-1, -2, -3],
  };
  const origin = { cached: false, attempts: 1, quantization: null };
  const response = new Response(responseData({ logprobs: raw }), origin);
  assertEquals(
    response.logprobs?.reasoning?.map(({ logprob }) => logprob),
    [-1, -2],
  );
  assertEquals(
    response.logprobs?.content?.map(({ logprob }) => logprob),
    [-3],
  );
  assertEquals(response.toJSON().logprobs, raw);
  assertEquals(new Response(responseData(), origin).logprobs, null);
});
