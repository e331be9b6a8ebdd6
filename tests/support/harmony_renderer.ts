import o200k from "npm:js-tiktoken@1.0.21/ranks/o200k_base";
import { load_harmony_encoding } from "npm:openai-harmony@0.4.0";
import { serve } from "./serve.ts";

/** A message in the form of openai-harmony. */
export interface HarmonyMessage {
  /** The author. */
  readonly role: "system" | "developer" | "user" | "assistant";
  /** The channel of an assistant's message. */
  readonly channel?: string;
  /** The parts of the content. */
  readonly content: readonly Readonly<Record<string, unknown>>[];
}

/** OpenAI's own renderer of gpt-oss's format. */
export interface HarmonyRenderer {
  /** Renders all messages and ends the last one, as for training. */
  render(messages: readonly HarmonyMessage[]): string;
  /** Renders all messages and the start of the assistant's next one. */
  renderForCompletion(messages: readonly HarmonyMessage[]): string;
}

/**
 * Loads the renderer. It fetches its vocabulary over HTTP, here that of js-tiktoken from a server
 * in this process.
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

/** Converts lines of a first rank and consecutive tokens to lines of `base64 rank`. */
function vocabulary(): string {
  return o200k.bpe_ranks.split("\n").filter((line) => line !== "")
    .flatMap((line) => {
      const [, first, ...tokens] = line.split(" ");
      return tokens.map((token, index) =>
        `${token} ${Number(first) + index}\n`
      );
    }).join("");
}
