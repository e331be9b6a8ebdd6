import type { Message } from "../prompt.ts";

/** A message of text only. */
export interface PlainMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/**
 * Converts messages for a chat template. The texts of a message's parts are concatenated, `developer`
 * becomes `system`, which chat templates know, and fields besides role and content are dropped.
 *
 * @throws {TypeError} If a message contains anything but text, such as images, files, or tool calls.
 */
export function plainMessages(messages: readonly Message[]): PlainMessage[] {
  return messages.map((message, index) => {
    const where = `messages[${index}]`;
    return { role: plainRole(message, where), content: text(message, where) };
  });
}

function plainRole({ role }: Message, where: string): PlainMessage["role"] {
  switch (role) {
    case "system":
    case "user":
    case "assistant":
      return role;
    case "developer":
      return "system";
    default:
      throw new TypeError(
        `${where}: a raw prompt can contain system, user, and assistant messages, ` +
          `got the role ${role}`,
      );
  }
}

function text(message: Message, where: string): string {
  if (isFilled(message.tool_calls) || isFilled(message.function_call)) {
    throw new TypeError(`${where}: a raw prompt cannot contain tool calls`);
  }
  const { content } = message;
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) {
    throw new TypeError(
      `${where}: a raw prompt needs the text of each message`,
    );
  }
  return content.map((part) => {
    if (part?.type === "text" && typeof part.text === "string") {
      return part.text;
    }
    throw new TypeError(
      `${where}: a raw prompt can contain only text, got a part of type ${part?.type}`,
    );
  }).join("");
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value != null;
}
