import type { Message } from "../../src/prompt.ts";
import { isJsonObject } from "../../src/util/json_object.ts";
import { messageText } from "../../src/viewer/prompt_text.ts";

/** A message of a chat prompt. */
export interface ChatMessage {
  readonly role: string;
  readonly text: string;
}

/** Returns the messages of a chat prompt, which a report contains as JSON, or `null` for another prompt. */
export function chatMessages(prompt: string): ChatMessage[] | null {
  if (!prompt.startsWith("[{")) return null;
  try {
    const messages: unknown = JSON.parse(prompt);
    if (!Array.isArray(messages) || !messages.every(isMessage)) return null;
    return messages.map((message) => ({
      role: message.role,
      text: messageText(message),
    }));
  } catch {
    return null;
  }
}

function isMessage(value: unknown): value is Message {
  if (!isJsonObject(value) || typeof value.role !== "string") return false;
  const { content } = value;
  return !Array.isArray(content) || content.every(isJsonObject);
}
