import type { Message } from "../prompt.ts";
import type { Response, SampledRequest } from "../response.ts";
import { prefillMessages } from "../request/prefill_messages.ts";
import { splitSentences } from "./split_sentences.ts";

/** A chain of thought that can be cut, and the prompt it answers. */
export interface CutThought {
  /** Its sentences: what the model itself wrote, behind what the prompt began. */
  readonly sentences: readonly string[];
  /** The prompt that has the model go on behind the first `at` sentences. */
  readonly promptAt: (at: number) => Message[];
}

/**
 * Cuts a sample's chain of thought into sentences. A prompt that begins a thought keeps it; where
 * the model began anew, that beginning is left out, since the model did not go on from it.
 *
 * @throws {TypeError} Where the sample shows no reasoning.
 */
export function cutThought(
  { reasoning, prefill, seed }: Pick<
    Response,
    "reasoning" | "prefill" | "seed"
  >,
  { prompt, options }: SampledRequest,
): CutThought {
  if (reasoning === null || reasoning.trim() === "") {
    throw new TypeError(`the sample of seed ${seed} shows no reasoning to cut`);
  }
  // As by the chat, whatever the model: how it is sent is the call's own matter.
  const { messages, prefill: begun } = prefillMessages(
    prompt,
    options.model,
    "think",
  );
  const isBegun = begun !== null;
  const conversation = isBegun ? messages.slice(0, -1) : messages;
  const start = isBegun && prefill !== "restarted"
    ? begun
    : reasoning.startsWith("\n")
    ? "<think>"
    : "<think>\n";
  const sentences = splitSentences(reasoning);
  return {
    sentences,
    promptAt: (at) => [
      ...conversation,
      {
        role: "assistant",
        content: start + sentences.slice(0, at).join(""),
      },
    ],
  };
}
