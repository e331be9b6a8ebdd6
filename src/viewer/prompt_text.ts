import type { Message, Prompt } from "../prompt.ts";

/** The text of a whole prompt. */
export function promptText(prompt: Prompt): string {
  return typeof prompt === "string"
    ? prompt
    : prompt.map(messageText).join("\n\n");
}

/** The text of a message; parts that are not text, such as images, appear as their type. */
export function messageText({ content }: Message): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: Readonly<Record<string, unknown>>) =>
    typeof part.text === "string" ? part.text : `[${String(part.type)}]`
  ).join("\n");
}

/** The question that a prompt asks: its text without system messages and prefill. */
export function askedText(prompt: Prompt, prefill: string | null): string {
  if (typeof prompt === "string") {
    return prefill === null ? prompt : prompt.split("<think>", 1)[0]!.trimEnd();
  }
  const messages = prefill === null ? prompt : prompt.slice(0, -1);
  const asking = messages.filter((message) => !isSystem(message));
  return promptText(asking.length > 0 ? asking : messages);
}

/** The text of the system and developer messages of a prompt, or `null` if it has none. */
export function systemText(prompt: Prompt): string | null {
  const messages = typeof prompt === "string" ? [] : prompt.filter(isSystem);
  return messages.length === 0 ? null : promptText(messages);
}

function isSystem({ role }: Message): boolean {
  return role === "system" || role === "developer";
}
