import { MockHttpError } from "./http_error.ts";

/** One message of a conversation, its parts joined to one text. */
export interface MockMessage {
  /** Who speaks. */
  readonly role: "system" | "developer" | "user" | "assistant" | "tool";
  /** The text; images and other media count for nothing. */
  readonly content: string;
}

/** A function that the model may call. */
export interface MockTool {
  /** Its name. */
  readonly name: string;
  /** The JSON schema of its arguments. */
  readonly parameters: unknown;
}

/** A request for a generation that has been checked. */
export interface MockGenerationRequest {
  /** The models asked for, best first; empty where the body names none. */
  readonly models: readonly string[];
  /** The conversation; empty for a raw text. */
  readonly messages: readonly MockMessage[];
  /** The raw text of `POST /completions`, else null. */
  readonly prompt: string | null;
  /** The seed, or null where none was sent. */
  readonly seed: number | null;
  /** Every parameter that changes the text, as one text. */
  readonly sampling: string;
  /** The most tokens to write, or null for the model's own limit. */
  readonly maxTokens: number | null;
  /** Texts that end the answer. */
  readonly stop: readonly string[];
  /** What the body says about reasoning: on, off, or null where it says nothing. */
  readonly reasoningEnabled: boolean | null;
  /** Whether reasoning is written, but not shown. */
  readonly reasoningHidden: boolean;
  /** How many likely tokens to give beside each token, or null for no log probabilities. */
  readonly topLogprobs: number | null;
  /** The functions that the model may call. */
  readonly tools: readonly MockTool[];
  /** The function that must be called: its name, any (`true`), or none (`false`). */
  readonly toolChoice: string | boolean;
  /** The JSON schema of the answer: `{}` for any JSON, null for plain text. */
  readonly jsonSchema: unknown;
  /** The `provider` object. */
  readonly provider: Readonly<Record<string, unknown>>;
  /** Whether the answer is streamed. */
  readonly stream: boolean;
  /** Whether the stream begins with the body that the provider gets. */
  readonly echoUpstreamBody: boolean;
}

/**
 * Checks the body of a generation as the API does.
 *
 * @param body The parsed JSON.
 * @param kind "chat" wants `messages`, "text" wants `prompt`.
 * @throws {MockHttpError} With status 400 where the body is wrong.
 */
export function parseGenerationRequest(
  body: unknown,
  kind: "chat" | "text",
): MockGenerationRequest {
  if (!isRecord(body)) reject("the body must be a JSON object");
  for (const [name, min, max] of NUMBER_RANGES) {
    checkNumber(body, name, min, max, false);
  }
  for (const [name, min, max] of INTEGER_RANGES) {
    checkNumber(body, name, min, max, true);
  }
  for (const name of BOOLEANS) checkType(body, name, "boolean");
  checkLogitBias(body.logit_bias);
  const reasoning = optionalRecord(body, "reasoning");
  return {
    models: readModels(body),
    messages: kind === "chat" ? readMessages(body.messages) : [],
    prompt: kind === "text" ? readPrompt(body.prompt) : null,
    seed: (body.seed as number | undefined) ?? null,
    sampling: SAMPLING.map((name) => body[name] ?? "").join(),
    maxTokens: ((body.max_completion_tokens ?? body.max_tokens) as
      | number
      | undefined) ?? null,
    stop: readStop(body.stop),
    reasoningEnabled: readReasoningEnabled(body, reasoning),
    reasoningHidden: body.include_reasoning === false ||
      reasoning.exclude === true,
    topLogprobs: body.logprobs === true
      ? (body.top_logprobs as number | undefined) ?? 0
      : null,
    tools: readTools(body.tools),
    toolChoice: readToolChoice(body.tool_choice),
    jsonSchema: readJsonSchema(optionalRecord(body, "response_format")),
    provider: optionalRecord(body, "provider"),
    stream: body.stream === true,
    echoUpstreamBody: optionalRecord(body, "debug").echo_upstream_body === true,
  };
}

const ROLES: ReadonlySet<unknown> = new Set(
  ["system", "developer", "user", "assistant", "tool"],
);

const EFFORTS: ReadonlySet<unknown> = new Set(
  ["max", "xhigh", "high", "medium", "low", "minimal", "none"],
);

const NUMBER_RANGES: readonly (readonly [string, number, number])[] = [
  ["temperature", 0, 2],
  ["top_p", 0, 1],
  ["min_p", 0, 1],
  ["top_a", 0, 1],
  ["repetition_penalty", 0, 2],
  ["frequency_penalty", -2, 2],
  ["presence_penalty", -2, 2],
];

const INTEGER_RANGES: readonly (readonly [string, number, number])[] = [
  ["seed", -Infinity, Infinity],
  ["top_k", 0, Infinity],
  ["max_tokens", 1, Infinity],
  ["max_completion_tokens", 1, Infinity],
  ["top_logprobs", 0, 20],
];

const BOOLEANS = ["stream", "logprobs", "include_reasoning"] as const;

const SAMPLING = [
  ...NUMBER_RANGES.map(([name]) => name),
  "top_k",
] as const;

function readModels(body: Record<string, unknown>): string[] {
  const { model, models = [] } = body;
  if (model !== undefined && typeof model !== "string") {
    reject("model must be a string", model);
  }
  if (!isStringArray(models)) reject("models must be strings", models);
  return model === undefined ? models : [model, ...models];
}

function readMessages(messages: unknown): MockMessage[] {
  if (!Array.isArray(messages) || messages.length === 0) {
    reject("messages must be an array with at least one message", messages);
  }
  return messages.map((message, index) => {
    const where = `messages[${index}]`;
    if (!isRecord(message)) reject(`${where} must be an object`, message);
    if (!ROLES.has(message.role)) {
      reject(`${where}.role must be one of ${[...ROLES]}`, message.role);
    }
    const role = message.role as MockMessage["role"];
    return { role, content: readContent(message.content, role, where) };
  });
}

function readContent(content: unknown, role: string, where: string): string {
  if (typeof content === "string") return content;
  if (role === "assistant" && (content === null || content === undefined)) {
    return "";
  }
  if (!Array.isArray(content) || !content.every(isRecord)) {
    reject(`${where}.content must be a string or an array of parts`, content);
  }
  return content.map((part) => typeof part.text === "string" ? part.text : "")
    .join("");
}

function readPrompt(prompt: unknown): string {
  if (typeof prompt !== "string") reject("prompt must be a string", prompt);
  return prompt;
}

function readStop(stop: unknown): string[] {
  if (stop === undefined || stop === null) return [];
  const list = typeof stop === "string" ? [stop] : stop;
  if (!isStringArray(list) || list.length > 4) {
    reject("stop must be a string or up to 4 strings", stop);
  }
  return list.filter((text) => text !== "");
}

function readReasoningEnabled(
  body: Record<string, unknown>,
  reasoning: Record<string, unknown>,
): boolean | null {
  const { effort = body.reasoning_effort, enabled } = reasoning;
  if (effort !== undefined && effort !== null && !EFFORTS.has(effort)) {
    reject(`reasoning.effort must be one of ${[...EFFORTS]}`, effort);
  }
  checkNumber(reasoning, "max_tokens", 1, Infinity, true, "reasoning.");
  checkType(reasoning, "enabled", "boolean", "reasoning.");
  checkType(reasoning, "exclude", "boolean", "reasoning.");
  if (typeof enabled === "boolean") return enabled;
  if (typeof effort === "string") return effort !== "none";
  if (typeof reasoning.max_tokens === "number") return true;
  return body.include_reasoning === true ? true : null;
}

function readTools(tools: unknown): MockTool[] {
  if (tools === undefined || tools === null) return [];
  if (!Array.isArray(tools)) reject("tools must be an array", tools);
  return tools.filter((tool) => isRecord(tool) && tool.type === "function").map(
    ({ function: definition }) => {
      if (!isRecord(definition) || typeof definition.name !== "string") {
        reject("tools[].function.name must be a string", definition);
      }
      return { name: definition.name, parameters: definition.parameters };
    },
  );
}

function readToolChoice(choice: unknown): string | boolean {
  if (choice === "required") return true;
  if (!isRecord(choice)) return false;
  if (!isRecord(choice.function) || typeof choice.function.name !== "string") {
    reject("tool_choice.function.name must be a string", choice);
  }
  return choice.function.name;
}

function readJsonSchema(format: Record<string, unknown>): unknown {
  if (format.type === "json_object") return {};
  if (format.type !== "json_schema") return null;
  if (!isRecord(format.json_schema)) {
    reject(
      "response_format.json_schema must be an object",
      format.json_schema,
    );
  }
  return format.json_schema.schema ?? {};
}

function checkNumber(
  body: Record<string, unknown>,
  name: string,
  min: number,
  max: number,
  isInteger: boolean,
  path = "",
): void {
  const value = body[name];
  if (value === undefined || value === null) return;
  if (
    typeof value === "number" && value >= min && value <= max &&
    (!isInteger || Number.isInteger(value))
  ) return;
  const type = isInteger ? "an integer" : "a number";
  reject(`${path}${name} must be ${type} between ${min} and ${max}`, value);
}

function checkType(
  body: Record<string, unknown>,
  name: string,
  type: "boolean",
  path = "",
): void {
  const value = body[name];
  if (value === undefined || value === null || typeof value === type) return;
  reject(`${path}${name} must be a ${type}`, value);
}

function checkLogitBias(bias: unknown): void {
  if (bias === undefined || bias === null) return;
  const isBias = (value: unknown) =>
    typeof value === "number" && Math.abs(value) <= 100;
  if (isRecord(bias) && Object.values(bias).every(isBias)) return;
  reject("logit_bias must be numbers between -100 and 100 by token", bias);
}

function optionalRecord(
  body: Record<string, unknown>,
  name: string,
): Record<string, unknown> {
  const value = body[name] ?? {};
  if (!isRecord(value)) reject(`${name} must be an object`, value);
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStringArray(value: unknown): value is string[] {
  return Array.isArray(value) &&
    value.every((entry) => typeof entry === "string");
}

function reject(rule: string, value?: unknown): never {
  const got = value === undefined ? "" : `, got ${JSON.stringify(value)}`;
  throw new MockHttpError(400, `Invalid request: ${rule}${got}`);
}
