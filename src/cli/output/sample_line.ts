import type { Prompt, Response } from "../../../mod.ts";
import { SAMPLE_FIELDS } from "./sample_fields.ts";

/** What a line of output takes from its prompt. */
export interface PromptFields {
  /** The data set's id of the prompt. */
  readonly id: unknown;
  /** The prompt. */
  readonly prompt: Prompt;
  /** The prompt's other fields, which are copied to the output. */
  readonly carried: Readonly<Record<string, unknown>>;
}

/** The fields of a line that describe the sample. A data set cannot have fields of these names. */
export const LINE_FIELDS = [
  "seed",
  "reasoning",
  "content",
  "full",
  "finish_reason",
  "completed_reasoning",
  "served_model",
  "provider",
  "quantization",
  "prefill",
  "prompt_tokens",
  "completion_tokens",
  "reasoning_tokens",
  "cost",
] as const satisfies readonly (keyof typeof SAMPLE_FIELDS)[];

/**
 * Formats a sample as a JSON line: the fields of its prompt, then its own. Leaves out what differs
 * when the same samples are written again, such as whether they were cached.
 */
export function sampleLine(
  { id, prompt, carried }: PromptFields,
  response: Response,
): string {
  const line = {
    id,
    ...carried,
    [typeof prompt === "string" ? "prompt" : "messages"]: prompt,
    ...Object.fromEntries(
      LINE_FIELDS.map((name) => [name, SAMPLE_FIELDS[name][1](response)]),
    ),
  };
  return `${JSON.stringify(line)}\n`;
}
