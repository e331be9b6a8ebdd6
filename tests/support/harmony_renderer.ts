import o200k from "npm:js-tiktoken@1.0.21/ranks/o200k_base";
import { load_harmony_encoding } from "npm:openai-harmony@0.4.0";
import { serve } from "./serve.ts";

/** A message as openai-harmony takes it. */
export interface HarmonyMessage {
  /** Who speaks. */
  readonly role: "system" | "developer" | "user" | "assistant";
  /** The channel of an assistant's message. */
  readonly channel?: string;
  /** Its parts. */
  readonly content: readonly Readonly<Record<string, unknown>>[];
}

/** OpenAI's own renderer of gpt-oss's format. */
export interface HarmonyRenderer {
  /** All messages, the last one ended, as training has them. */
  render(messages: readonly HarmonyMessage[]): string;
  /** All messages, and what begins the assistant's next one. */
  renderForCompletion(messages: readonly HarmonyMessage[]): string;
}

/**
 * Loads the renderer. It fetches its vocabulary by HTTP: it gets that of js-tiktoken, from a server
 * of this process's own.
 */
export async function harmonyRenderer(): Promise<HarmonyRenderer> {
  const file = vocabulary();
  await using server = await serve(() => new Response(file));
  const encoding = await load_harmony_encoding(
    "HarmonyGptOss",
    `${server.url}/`,
  );
  type Conversation = Parameters<typeof encoding.renderConversation>[0];
  return {
    render: (messages) =>
      encoding.decodeUtf8(encoding.renderConversation(
        { messages } as unknown as Conversation,
        { auto_drop_analysis: false },
      )),
    renderForCompletion: (messages) =>
      encoding.decodeUtf8(encoding.renderConversationForCompletion(
        { messages } as unknown as Conversation,
        "assistant",
        { auto_drop_analysis: true },
      )),
  };
}

/** `base64 rank`, a line each, from lines of a first rank and the tokens from there on. */
function vocabulary(): string {
  return o200k.bpe_ranks.split("\n").filter((line) => line !== "")
    .flatMap((line) => {
      const [, first, ...tokens] = line.split(" ");
      return tokens.map((token, index) =>
        `${token} ${Number(first) + index}\n`
      );
    }).join("");
}
