import type { CachedEntry, CachedPrompt } from "../../../mod.ts";

/** What stands in a column. */
export type CellKind = "text" | "integer" | "number" | "boolean";

/** A cell; null where it is not known. */
export type Cell = string | number | boolean | null;

/** A sample as a row. */
export type ExportRow = Readonly<Record<string, Cell>>;

/** The columns, in their order. */
export const EXPORT_COLUMNS: Readonly<Record<string, CellKind>> = {
  key: "text",
  model: "text",
  prompt: "text",
  messages: "text",
  parameters: "text",
  seed: "integer",
  reasoning: "text",
  content: "text",
  full: "text",
  finish_reason: "text",
  completed_reasoning: "boolean",
  provider: "text",
  quantization: "text",
  prefill: "text",
  served_model: "text",
  response_id: "text",
  created: "integer",
  prompt_tokens: "integer",
  completion_tokens: "integer",
  total_tokens: "integer",
  reasoning_tokens: "integer",
  cost: "number",
};

/** A sample as a row. Messages and parameters are JSON. */
export function exportRow(
  { key }: CachedPrompt,
  { model, prompt, parameters, response }: CachedEntry,
): ExportRow {
  const { usage } = response;
  const isText = typeof prompt === "string";
  return {
    key,
    model,
    prompt: isText ? prompt : null,
    messages: isText ? null : JSON.stringify(prompt),
    parameters: JSON.stringify(parameters),
    seed: response.seed,
    reasoning: response.reasoning,
    content: response.content,
    full: response.full,
    finish_reason: response.finishReason,
    completed_reasoning: response.completedReasoning,
    provider: response.provider,
    quantization: response.quantization,
    prefill: response.prefill,
    served_model: response.model,
    response_id: response.responseId,
    created: response.created,
    prompt_tokens: usage.promptTokens,
    completion_tokens: usage.completionTokens,
    total_tokens: usage.totalTokens,
    reasoning_tokens: usage.reasoningTokens,
    cost: usage.cost,
  };
}

/** Where rows go: a file that is there as a whole or not at all, or stdout. */
export interface RowOutput {
  /** Writes a row. */
  write(row: ExportRow): Promise<void>;
  /** Ends it: the file has its name now. */
  commit(): Promise<void>;
  /** Gives it up: a file that had the name stays as it was. */
  discard(): Promise<void>;
}
