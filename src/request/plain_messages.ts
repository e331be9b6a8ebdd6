import type { Message } from "../prompt.ts";

/** A message that is nothing but text. */
export interface PlainMessage {
  /** Who speaks. */
  readonly role: "system" | "user" | "assistant";
  /** What is said. */
  readonly content: string;
}

/**
 * Messages as a chat template takes them. The texts of a message's parts are joined with nothing
 * between them; `developer` is called `system`, which chat templates know; fields beside role and
 * content are left out.
 *
 * @throws {TypeError} Where a message holds anything but text: images, sound, files, tool calls.
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
        `${where}: a raw prompt holds system, user and assistant messages, ` +
          `got one with the role ${role}`,
      );
  }
}

function text(message: Message, where: string): string {
  if (isFilled(message.tool_calls) || isFilled(message.function_call)) {
    throw new TypeError(`${where}: a raw prompt cannot hold tool calls`);
  }
  const { content } = message;
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) {
    throw new TypeError(`${where}: a raw prompt needs a message's text`);
  }
  return content.map((part) => {
    if (part?.type === "text" && typeof part.text === "string") {
      return part.text;
    }
    throw new TypeError(
      `${where}: a raw prompt holds text alone, got a part of type ${part?.type}`,
    );
  }).join("");
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value != null;
}
