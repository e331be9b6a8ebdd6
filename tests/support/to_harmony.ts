import type { Message } from "../../src/prompt.ts";
import { GPT_OSS_DATE } from "../../src/request/load_template.ts";
import type { HarmonyMessage } from "./harmony_renderer.ts";

/**
 * Converts a conversation to openai-harmony's form, with the contents of gpt-oss's system message.
 */
export function toHarmony(
  messages: readonly Message[],
  effort = "medium",
): HarmonyMessage[] {
  return [
    {
      role: "system",
      content: [{
        type: "system_content",
        model_identity:
          "You are ChatGPT, a large language model trained by OpenAI.",
        reasoning_effort: effort[0]!.toUpperCase() + effort.slice(1),
        conversation_start_date: GPT_OSS_DATE,
        knowledge_cutoff: "2024-06",
        channel_config: {
          valid_channels: ["analysis", "commentary", "final"],
          channel_required: true,
        },
        tools: {},
      }],
    },
    ...messages.map(({ role, content }): HarmonyMessage =>
      role === "system"
        ? {
          role: "developer",
          content: [{
            type: "developer_content",
            instructions: content,
            tools: {},
          }],
        }
        : {
          role: role as "user" | "assistant",
          ...(role === "assistant" ? { channel: "final" } : {}),
          content: [{ type: "text", text: content }],
        }
    ),
  ];
}
