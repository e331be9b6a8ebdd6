import {
  isJsonObject,
  type JsonObject,
  numberOrNull,
  objectOrEmpty,
} from "../util/json_object.ts";
import { HttpError } from "./http_error.ts";

/** One message of a conversation. */
export interface Message {
  readonly role: "system" | "developer" | "user" | "assistant" | "tool";
  /** The text of all its parts; images and other media are ignored. */
  readonly content: string;
}

/** A function that the model can call. */
export interface Tool {
  readonly name: string;
  /** The JSON schema of its arguments. */
  readonly parameters: unknown;
}

/** A valid request for a completion. */
export interface CompletionRequest {
  /** The requested models, best first; empty if the body names none. */
  readonly models: readonly string[];
  /** The conversation; empty for a raw prompt. */
  readonly messages: readonly Message[];
  /** The prompt of `POST /completions`, or null for a chat. */
  readonly prompt: string | null;
  readonly seed: number | null;
  /** The values of the parameters that change the text. */
  readonly parameters: Readonly<Record<string, number | null>>;
  /** The same values as one string. */
  readonly sampling: string;
  /** The token limit, or null for the model's own. */
  readonly maxTokens: number | null;
  readonly stop: readonly string[];
  /** Whether the body enables or disables reasoning, or null if it does neither. */
  readonly reasoningEnabled: boolean | null;
  readonly reasoningHidden: boolean;
  /** The number of alternatives for each token, or null for no log probabilities. */
  readonly topLogprobs: number | null;
  /** Whether the log probabilities are requested by a number, as for raw prompts, and not by `true`. */
  readonly isCountOfLogprobs: boolean;
  /** Whether the answer repeats the raw prompt, with its log probabilities. */
  readonly echoesPrompt: boolean;
  readonly tools: readonly Tool[];
  /** The name of the function to call, `true` for any function, or `false` for none. */
  readonly toolChoice: string | boolean;
  /** The JSON schema of the answer: `{}` for any JSON, null for plain text. */
  readonly jsonSchema: unknown;
  readonly provider: JsonObject;
  readonly stream: boolean;
  /** The body if the stream has to echo it, or null. */
  readonly echo: JsonObject | null;
}

/**
 * Validates the body of a completion request as the API does.
 *
 * @param kind "chat" requires `messages`, "text" requires `prompt`.
 * @throws {HttpError} With status 400 if the body is invalid.
 */
export function parseRequest(
  body: unknown,
  kind: "chat" | "text",
): CompletionRequest {
  if (!isJsonObject(body)) reject("the body must be a JSON object");
  for (const rule of NUMBERS) checkNumber(body, rule);
  for (const name of BOOLEANS) checkBoolean(body, name);
  const isCountOfLogprobs = kind === "text" &&
    typeof body.logprobs === "number";
  if (isCountOfLogprobs) checkNumber(body, ["logprobs", 0, 20, "an integer"]);
  else checkBoolean(body, "logprobs");
  checkLogitBias(body.logit_bias);
  const reasoning = optionalObject(body, "reasoning");
  const { prompt } = body;
  if (kind === "text" && typeof prompt !== "string") {
    reject("prompt must be a string", prompt);
  }
  return {
    models: readModels(body),
    messages: kind === "chat" ? readMessages(body.messages) : [],
    prompt: kind === "text" ? String(prompt) : null,
    seed: numberOrNull(body.seed),
    parameters: Object.fromEntries(
      SAMPLING.map(([name]) => [name, numberOrNull(body[name])]),
    ),
    sampling: SAMPLING.map(([name]) => body[name] ?? "").join(),
    maxTokens: numberOrNull(body.max_completion_tokens ?? body.max_tokens),
    stop: readStop(body.stop),
    reasoningEnabled: readReasoningEnabled(body, reasoning),
    reasoningHidden: body.include_reasoning === false ||
      reasoning.exclude === true,
    isCountOfLogprobs,
    echoesPrompt: kind === "text" && body.echo === true,
    topLogprobs: isCountOfLogprobs
      ? Number(body.logprobs)
      : body.logprobs === true
      ? numberOrNull(body.top_logprobs) ?? 0
      : null,
    tools: readTools(body.tools),
    toolChoice: readToolChoice(body.tool_choice),
    jsonSchema: readJsonSchema(optionalObject(body, "response_format")),
    provider: optionalObject(body, "provider"),
    stream: body.stream === true,
    echo: optionalObject(body, "debug").echo_upstream_body === true
      ? body
      : null,
  };
}

const ROLES: ReadonlySet<unknown> = new Set(
  ["system", "developer", "user", "assistant", "tool"],
);

const EFFORTS: ReadonlySet<unknown> = new Set(
  ["max", "xhigh", "high", "medium", "low", "minimal", "none"],
);

/** A field and the range of its numbers. */
type NumberRule = readonly [
  name: string,
  min: number,
  max: number,
  type?: "an integer",
];

/** The parameters that change the text. */
const SAMPLING: readonly NumberRule[] = [
  ["temperature", 0, 2],
  ["top_p", 0, 1],
  ["min_p", 0, 1],
  ["top_a", 0, 1],
  ["repetition_penalty", 0, 2],
  ["frequency_penalty", -2, 2],
  ["presence_penalty", -2, 2],
  ["top_k", 0, Infinity, "an integer"],
];

const NUMBERS: readonly NumberRule[] = [
  ...SAMPLING,
  ["seed", -Infinity, Infinity, "an integer"],
  ["max_tokens", 1, Infinity, "an integer"],
  ["max_completion_tokens", 1, Infinity, "an integer"],
  ["top_logprobs", 0, 20, "an integer"],
];

const BOOLEANS = ["stream", "echo", "include_reasoning"] as const;

function readModels(body: JsonObject): string[] {
  const { model, models = [] } = body;
  if (model !== undefined && typeof model !== "string") {
    reject("model must be a string", model);
  }
  if (!isStringArray(models)) reject("models must be strings", models);
  return model === undefined ? models : [model, ...models];
}

function readMessages(messages: unknown): Message[] {
  if (!Array.isArray(messages) || messages.length === 0) {
    reject("messages must be an array with at least one message", messages);
  }
  return messages.map((message, index) => {
    const where = `messages[${index}]`;
    if (!isJsonObject(message)) reject(`${where} must be an object`, message);
    if (!ROLES.has(message.role)) {
      reject(`${where}.role must be one of ${[...ROLES]}`, message.role);
    }
    const role = message.role as Message["role"];
    return { role, content: readContent(message.content, role, where) };
  });
}

function readContent(content: unknown, role: string, where: string): string {
  if (typeof content === "string") return content;
  if (role === "assistant" && (content === null || content === undefined)) {
    return "";
  }
  if (!Array.isArray(content) || !content.every(isJsonObject)) {
    reject(`${where}.content must be a string or an array of parts`, content);
  }
  return content.map((part) => typeof part.text === "string" ? part.text : "")
    .join("");
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
  body: JsonObject,
  reasoning: JsonObject,
): boolean | null {
  const { effort = body.reasoning_effort, enabled } = reasoning;
  if (effort !== undefined && effort !== null && !EFFORTS.has(effort)) {
    reject(`reasoning.effort must be one of ${[...EFFORTS]}`, effort);
  }
  const maxTokens = ["max_tokens", 1, Infinity, "an integer"] as const;
  checkNumber(reasoning, maxTokens, "reasoning.");
  checkBoolean(reasoning, "enabled", "reasoning.");
  checkBoolean(reasoning, "exclude", "reasoning.");
  if (typeof enabled === "boolean") return enabled;
  if (typeof effort === "string") return effort !== "none";
  if (typeof reasoning.max_tokens === "number") return true;
  return body.include_reasoning === true ? true : null;
}

function readTools(tools: unknown): Tool[] {
  if (tools === undefined || tools === null) return [];
  if (!Array.isArray(tools)) reject("tools must be an array", tools);
  const functions = tools
    .filter((tool) => isJsonObject(tool) && tool.type === "function");
  return functions.map(({ function: definition }) => {
    if (!isJsonObject(definition) || typeof definition.name !== "string") {
      reject("tools[].function.name must be a string", definition);
    }
    return { name: definition.name, parameters: definition.parameters };
  });
}

function readToolChoice(choice: unknown): string | boolean {
  if (choice === "required") return true;
  if (!isJsonObject(choice)) return false;
  const { name } = objectOrEmpty(choice.function);
  return typeof name === "string"
    ? name
    : reject("tool_choice.function.name must be a string", choice);
}

function readJsonSchema(format: JsonObject): unknown {
  if (format.type === "json_object") return {};
  if (format.type !== "json_schema") return null;
  const { json_schema } = format;
  if (!isJsonObject(json_schema)) {
    reject("response_format.json_schema must be an object", json_schema);
  }
  return json_schema.schema ?? {};
}

function checkNumber(
  body: JsonObject,
  [name, min, max, type]: NumberRule,
  path = "",
): void {
  const value = body[name] ?? null;
  const isValid = value === null ||
    typeof value === "number" && value >= min && value <= max &&
      (type === undefined || Number.isInteger(value));
  if (isValid) return;
  reject(
    `${path}${name} must be ${type ?? "a number"} between ${min} and ${max}`,
    value,
  );
}

function checkBoolean(body: JsonObject, name: string, path = ""): void {
  const value = body[name];
  if (typeof (value ?? false) === "boolean") return;
  reject(`${path}${name} must be a boolean`, value);
}

function checkLogitBias(bias: unknown): void {
  if (bias === undefined || bias === null) return;
  const isBias = (value: unknown) =>
    typeof value === "number" && Math.abs(value) <= 100;
  if (isJsonObject(bias) && Object.values(bias).every(isBias)) return;
  reject("logit_bias must be numbers between -100 and 100 by token", bias);
}

function optionalObject(body: JsonObject, name: string): JsonObject {
  const value = body[name] ?? {};
  if (!isJsonObject(value)) reject(`${name} must be an object`, value);
  return value;
}

function isStringArray(value: unknown): value is string[] {
  return Array.isArray(value) &&
    value.every((entry) => typeof entry === "string");
}

function reject(rule: string, value?: unknown): never {
  const got = value === undefined ? "" : `, got ${JSON.stringify(value)}`;
  throw new HttpError(400, `Invalid request: ${rule}${got}`);
}
