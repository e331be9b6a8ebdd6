import type { Message } from "../prompt.ts";
import { harmonyPrefill } from "./harmony_prefill.ts";
import { type PlainMessage, plainMessages } from "./plain_messages.ts";
import type { TemplateRule } from "./template_rule.ts";

/** What of a raw prompt the messages do not say. */
export interface RawPromptOptions {
  /**
   * The text of the model's own that it is to continue: a thought that begins with `<think>`, behind
   * whose `</think>` the beginning of the answer may stand. Null for none.
   *
   * @default {null}
   */
  readonly prefill?: string | null;
  /**
   * How much the model is to think: `low`, `medium` or `high`. Only gpt-oss reads this in its prompt.
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
   * The text of the model's own at the end of it, with `<think>`, for splitting what comes back:
   * the caller's, or what the template itself opens. `<think></think>` stands before an answer that
   * was begun without a thought. Null where the model's turn has not begun.
   */
  readonly prefill: string | null;
  /** What the caller should know about the prompt. */
  readonly warnings: readonly string[];
}

/** Writes messages by a chat template, with what begins the assistant's turn at the end. */
export type WriteMessages = (
  messages: readonly PlainMessage[],
  variables: Readonly<Record<string, unknown>>,
) => string;

/**
 * A conversation as one text, which ends exactly behind what the model is to continue.
 *
 * The template writes the conversation without its last message where that is the assistant's, and
 * never sees the text that is to be continued, since templates strip or drop thoughts. That text is
 * then put behind what begins the assistant's turn: as it is, but for gpt-oss, see
 * {@linkcode harmonyPrefill}. What the template itself opens there gives way to it.
 *
 * @throws {TypeError} Where the messages hold what a raw prompt cannot, or the template fails.
 */
export function rawPrompt(
  messages: readonly Message[],
  { prefill = null, reasoningEffort }: RawPromptOptions,
  rule: TemplateRule,
  write: WriteMessages,
): RawPrompt {
  const plain = plainMessages(messages);
  const begun = takeBegun(plain, prefill);
  if (rule.systemFirst) checkSystemFirst(plain);
  const warnings = [...markWarnings([...plain, begun ?? ""], rule)];
  const written = write(
    plain.map((message) => withoutThought(message, rule)),
    { ...effort(reasoningEffort, rule, warnings), ...thinks(begun) },
  );
  const turn = written.lastIndexOf(rule.turn) + rule.turn.length;
  if (
    turn < rule.turn.length ||
    !/^(<think>|<\/think>)?$/.test(written.slice(turn))
  ) {
    throw new TypeError(
      "the chat template begins no turn of the assistant's behind these messages: " +
        "the last but the assistant's own must be the user's",
    );
  }
  if (begun === null) {
    return {
      text: written + rule.opens,
      prefill: rule.opens === "" ? null : rule.opens,
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

const OPEN_TAG = "<think>";
const CLOSE_TAG = "</think>";
const EFFORTS = ["low", "medium", "high"];

/** What the model has begun; the message that has it is taken off the list. */
function takeBegun(
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
      "prefill must be what the last message holds, where that is the assistant's",
    );
  }
  messages.pop();
  return last.content;
}

function checkSystemFirst(messages: readonly PlainMessage[]): void {
  const at = messages.findLastIndex(({ role }) => role === "system");
  if (at <= 0) return;
  throw new TypeError(
    `messages[${at}]: this model's template has a place for one system message, the first`,
  );
}

function withoutThought(
  { role, content }: PlainMessage,
  { earlierThought }: TemplateRule,
): PlainMessage {
  if (role !== "assistant" || earlierThought === null) return { role, content };
  return { role, content: content.replace(earlierThought, "") };
}

/** DeepSeek-V3.1 is told by this whether a thought is to be opened; other templates leave it unread. */
function thinks(begun: string | null): Record<string, boolean> {
  return { thinking: begun !== null && begun.startsWith(OPEN_TAG) };
}

function effort(
  reasoningEffort: string | undefined,
  rule: TemplateRule,
  warnings: string[],
): Record<string, string> {
  if (reasoningEffort === undefined) return {};
  if (rule.markup !== "harmony") {
    warnings.push(
      "reasoningEffort has no place in the raw prompt of this model",
    );
    return {};
  }
  if (!EFFORTS.includes(reasoningEffort)) {
    throw new TypeError(
      `reasoningEffort must be ${EFFORTS.join(", ")}, got ${reasoningEffort}`,
    );
  }
  return { reasoning_effort: reasoningEffort };
}

function* markWarnings(
  texts: readonly (PlainMessage | string)[],
  { marks }: TemplateRule,
): Iterable<string> {
  const found = new Set(
    texts.flatMap((text) =>
      (typeof text === "string" ? text : text.content).match(marks) ?? []
    ),
  );
  for (const mark of found) {
    yield `The prompt's own text has ${mark}, which the model reads as a mark of its chat template`;
  }
}
