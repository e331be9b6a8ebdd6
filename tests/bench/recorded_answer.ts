/** The text of reasoning and content, repeated up to the requested size. */
const PROSE =
  `Okay, so the question is what 0 × 10 comes to. That looks trivial, but let me not rush: the user asked me to “think it through”, so I’ll do that before I say a number.

First, what does multiplication mean here? n × 10 is ten copies of n added up – so 0 × 10 is 0 + 0 + … + 0, ten times over. Every one of those terms contributes nothing, and a sum of nothings is still nothing. That gives 0.

Hmm, let me check it a second way. Multiplying by ten moves each digit one place to the left: 7 becomes 70, 12 becomes 120. For zero there’s only the digit 0, and “00” is just another way to write 0. Same result.

Wait – could the asterisk mean something else? In some contexts “*” is a footnote or a wildcard, but between two numbers it’s the usual sign for multiplication in programming languages (Python, C, JavaScript …). I don’t see any reason to read it differently.

A third check, by the distributive law: 0 × 10 = (1 − 1) × 10 = 10 − 10 = 0. All three agree, so I’m confident.

So the answer should be short: one sentence that says why, then the number itself. I shouldn’t add a long lecture about rings or additive identities – although it’s true that a·0 = 0 holds in every ring, which is a nice way to see that nothing special about “ten” matters here.

`;

/**
 * Returns a chat completion of about `bytes` bytes as OpenRouter sends it: reasoning, again as
 * `reasoning_details`, content, usage, and cost. The result is deterministic. The texts have
 * typographic characters, as those of models do: V8 stores such a text with two bytes per character.
 */
export function recordedAnswer(bytes: number): string {
  const textBytes = bytes - byteLength(answer("", ""));
  // The reasoning is contained twice.
  const reasoning = prose(Math.floor(textBytes * 0.4));
  return answer(reasoning, prose(textBytes - 2 * encodedLength(reasoning)));
}

function answer(reasoning: string, content: string): string {
  const reasoningTokens = Math.ceil(reasoning.length / 4);
  const completionTokens = reasoningTokens + Math.ceil(content.length / 4);
  return JSON.stringify({
    id: "gen-1763856000-8Qm2vXc4TzLk7RwYp1Ns",
    provider: "DeepInfra",
    model: "qwen/qwen3-30b-a3b-04-28",
    object: "chat.completion",
    created: 1763856000,
    system_fingerprint: null,
    choices: [{
      logprobs: null,
      finish_reason: "stop",
      native_finish_reason: "stop",
      index: 0,
      message: {
        role: "assistant",
        content,
        refusal: null,
        reasoning,
        reasoning_details: [{
          type: "reasoning.text",
          text: reasoning,
          format: "unknown",
          index: 0,
        }],
      },
    }],
    usage: {
      prompt_tokens: 23,
      completion_tokens: completionTokens,
      total_tokens: 23 + completionTokens,
      cost: completionTokens * 2.2e-7,
      is_byok: false,
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
      cost_details: {
        upstream_inference_cost: null,
        upstream_inference_prompt_cost: 0.00000184,
        upstream_inference_completions_cost: completionTokens * 2.2e-7,
      },
      completion_tokens_details: {
        reasoning_tokens: reasoningTokens,
        image_tokens: 0,
      },
    },
  });
}

/** Returns prose that takes at most `bytes` bytes in a JSON string. */
function prose(bytes: number): string {
  const rounds = PROSE.repeat(Math.ceil(bytes / encodedLength(PROSE)));
  const characters = [...rounds];
  let length = 0;
  const end = characters.findIndex((character) =>
    (length += encodedLength(character)) > bytes
  );
  return characters.slice(0, end < 0 ? undefined : end).join("");
}

/** Returns the number of bytes of a text in a JSON string. */
function encodedLength(text: string): number {
  return byteLength(JSON.stringify(text)) - '""'.length;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
