import type { Message } from "../prompt.ts";
import { CLOSE_TAG, OPEN_TAG } from "../think_tags.ts";
import { harmonyPrefill } from "./harmony_prefill.ts";
import { type PlainMessage, plainMessages } from "./plain_messages.ts";
import type { TemplateRule } from "./template_rule.ts";

export interface RawPromptOptions {
  /**
   * The part of the model's own text: reasoning that begins with `<think>`, possibly with `</think>`
   * and the beginning of the answer. `null` for none.
   *
   * @default {null}
   */
  readonly prefill?: string | null;
  /**
   * The amount of reasoning: `low`, `medium`, or `high`. Only the prompt of gpt-oss contains it.
   *
   * @default {"medium"}
   */
  readonly reasoningEffort?: string;
}

/** A conversation as one text. */
export interface RawPrompt {
  /** The text, which the model continues. */
  readonly text: string;
  /**
   * The part of the model's own text at the end of the prompt, with `<think>`: the caller's, or what
   * the template opens. It begins with `<think></think>` if the caller began an answer without
   * reasoning. `null` if the model's turn has not begun.
   */
  readonly prefill: string | null;
  readonly warnings: readonly string[];
}

/** Renders messages with a chat template, ending with the header of the assistant's turn. */
export type WriteMessages = (
  messages: readonly PlainMessage[],
  variables: Readonly<Record<string, unknown>>,
) => string;

/**
 * Renders a conversation to one string, which ends where the model continues.
 *
 * The template renders the conversation without the prefill, since templates strip or drop reasoning.
 * The prefill is then appended to the header of the assistant's turn: unchanged, except for gpt-oss,
 * see {@linkcode harmonyPrefill}. It replaces a `<think>` that the template opens itself.
 *
 * @throws {TypeError} If a raw prompt cannot contain the messages, or the template fails.
 */
export function rawPrompt(
  messages: readonly Message[],
  { prefill = null, reasoningEffort }: RawPromptOptions,
  rule: TemplateRule,
  write: WriteMessages,
): RawPrompt {
  const plain = plainMessages(messages);
  const begun = takePrefill(plain, prefill);
  if (rule.systemFirst) checkSystemFirst(plain);
  const warnings = [...specialTokenWarnings([...plain, begun ?? ""], rule)];
  const written = write(
    plain.map((message) => withoutReasoning(message, rule)),
    {
      ...effortVariable(reasoningEffort, rule, warnings),
      ...thinkingVariable(begun),
    },
  );
  const turn = written.lastIndexOf(rule.assistantHeader) +
    rule.assistantHeader.length;
  if (
    turn < rule.assistantHeader.length ||
    !/^(<think>|<\/think>)?$/.test(written.slice(turn))
  ) {
    throw new TypeError(
      "the chat template does not let the assistant answer these messages: " +
        "the last message before the prefill must have the role user",
    );
  }
  if (begun === null) {
    return {
      text: written + rule.thinkPrefix,
      prefill: rule.thinkPrefix === "" ? null : rule.thinkPrefix,
      warnings,
    };
  }
  const isThought = begun.startsWith(OPEN_TAG);
  const own = rule.markup === "harmony" ? harmonyPrefill(begun) : begun;
  return {
    text: (isThought ? written.slice(0, turn) : written) + own,
    prefill: isThought ? begun : `${OPEN_TAG}${CLOSE_TAG}${begun}`,
    warnings,
  };
}

const EFFORTS = ["low", "medium", "high"];

/** Returns the prefill, and removes its message from the list. */
function takePrefill(
  messages: PlainMessage[],
  prefill: string | null,
): string | null {
  if (prefill !== null && !prefill.startsWith(OPEN_TAG)) {
    throw new TypeError(`prefill must begin with ${OPEN_TAG}`);
  }
  const last = messages.at(-1);
  if (last?.role !== "assistant") return prefill;
  if (prefill !== null && last.content !== prefill) {
    throw new TypeError(
      "prefill must equal the last message if its role is assistant",
    );
  }
  messages.pop();
  return last.content;
}

function checkSystemFirst(messages: readonly PlainMessage[]): void {
  const at = messages.findLastIndex(({ role }) => role === "system");
  if (at <= 0) return;
  throw new TypeError(
    `messages[${at}]: this model's template supports only one system message, the first`,
  );
}

function withoutReasoning(
  { role, content }: PlainMessage,
  { stripPastReasoning }: TemplateRule,
): PlainMessage {
  if (role !== "assistant" || stripPastReasoning === null) {
    return { role, content };
  }
  return { role, content: content.replace(stripPastReasoning, "") };
}

/** The template of DeepSeek-V3.1 opens the reasoning if this is set; other templates ignore it. */
function thinkingVariable(begun: string | null): Record<string, boolean> {
  return { thinking: begun !== null && begun.startsWith(OPEN_TAG) };
}

function effortVariable(
  reasoningEffort: string | undefined,
  rule: TemplateRule,
  warnings: string[],
): Record<string, string> {
  if (reasoningEffort === undefined) return {};
  if (rule.markup !== "harmony") {
    warnings.push(
      "the chat template of this model ignores reasoningEffort",
    );
    return {};
  }
  if (!EFFORTS.includes(reasoningEffort)) {
    throw new TypeError(
      `reasoningEffort must be one of ${
        EFFORTS.join(", ")
      }, got ${reasoningEffort}`,
    );
  }
  return { reasoning_effort: reasoningEffort };
}

function* specialTokenWarnings(
  texts: readonly (PlainMessage | string)[],
  { specialTokens }: TemplateRule,
): Iterable<string> {
  const found = new Set(
    texts.flatMap((text) =>
      (typeof text === "string" ? text : text.content).match(specialTokens) ??
        []
    ),
  );
  for (const token of found) {
    yield `The prompt contains ${token}, which the model reads as a special token of its chat template`;
  }
}
