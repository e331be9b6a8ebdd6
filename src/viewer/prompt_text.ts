import type { Message, Prompt } from "../prompt.ts";

/** The text of a whole prompt, its messages one after the other. */
export function promptText(prompt: Prompt): string {
  return typeof prompt === "string"
    ? prompt
    : prompt.map(messageText).join("\n\n");
}

/** The text of a message; a part that is none, such as a picture, by its type. */
export function messageText({ content }: Message): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: Readonly<Record<string, unknown>>) =>
    typeof part.text === "string" ? part.text : `[${String(part.type)}]`
  ).join("\n");
}

/** What a prompt asks, which tells it from others: without system messages, and the beginning of a thought. */
export function askedText(prompt: Prompt, prefill: string | null): string {
  if (typeof prompt === "string") {
    return prefill === null ? prompt : prompt.split("<think>", 1)[0]!.trimEnd();
  }
  const begun = prefill === null ? prompt : prompt.slice(0, -1);
  const asking = begun.filter(({ role }) =>
    role !== "system" && role !== "developer"
  );
  return promptText(asking.length > 0 ? asking : begun);
}
