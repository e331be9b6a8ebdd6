import type { VNode } from "npm:preact@10.29.8";
import type { Prompt } from "../../../src/prompt.ts";
import { LongText } from "../text/long_text.tsx";
import { messageText } from "../../../src/viewer/prompt_text.ts";

/** A prompt with its messages by role and its prefill. */
export function PromptView(
  { prompt, prefill }: {
    readonly prompt: Prompt;
    readonly prefill: string | null;
  },
): VNode {
  const messages = typeof prompt === "string"
    ? [{ role: "prompt", text: withoutThought(prompt, prefill) }]
    : prompt.map((message) => ({
      role: message.role,
      text: withoutThought(messageText(message), prefill),
    }));
  return (
    <section class="prompt-view" aria-label="Prompt">
      {messages.filter(({ text }) => text.trim() !== "")
        .map(({ role, text }, place) => (
          <div class="message" key={place}>
            <h2 class="small">{role}</h2>
            <blockquote>
              <LongText text={text} first={1500} />
            </blockquote>
          </div>
        ))}
      {prefill !== null && (
        <div class="message given-message">
          <h2 class="small">Prefill</h2>
          <blockquote>
            <LongText text={prefill.replace(/^<think>\s*/, "")} first={1500} />
          </blockquote>
        </div>
      )}
    </section>
  );
}

/** Returns a text without the prefill, which is shown separately. */
function withoutThought(text: string, prefill: string | null): string {
  const at = prefill === null ? -1 : text.indexOf("<think>");
  return at < 0 ? text : text.slice(0, at).trimEnd();
}
