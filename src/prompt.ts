/** One part of a message's content, sent as it is. */
export interface ContentPart {
  /** `text`, `image_url`, `input_audio`, `file` and others. */
  readonly type: string;
  /** The text of a `text` part. */
  readonly text?: string;
  /** Any other field of the API. */
  readonly [field: string]: unknown;
}

/** One message of a conversation, as the API writes it. */
export interface Message {
  /** The role of the author. */
  readonly role: "system" | "developer" | "user" | "assistant" | "tool";
  /** The text or parts; `null` is allowed with tool calls. */
  readonly content?: string | readonly ContentPart[] | null;
  /** Any other field of the API. */
  readonly [field: string]: unknown;
}

/** A prompt: text, in which `<think>` starts the model's own reasoning, or messages. */
export type Prompt = string | readonly Message[];

/** Which providers may serve a request. */
export interface ProviderPreferences {
  /** Providers to try, in this order. */
  readonly order?: readonly string[];
  /** The only providers allowed. */
  readonly only?: readonly string[];
  /** Providers never to use. */
  readonly ignore?: readonly string[];
  /** Whether other providers may serve the request if these fail. */
  readonly allow_fallbacks?: boolean;
  /** Whether a provider must know every parameter of the request. */
  readonly require_parameters?: boolean;
  /** Whether providers that keep prompts are allowed. */
  readonly data_collection?: "allow" | "deny";
  /** Whether only providers with zero data retention are allowed. */
  readonly zdr?: boolean;
  /** Allowed quantizations, such as `fp8`. */
  readonly quantizations?: readonly string[];
  /** Which providers to try first. */
  readonly sort?:
    | "price"
    | "throughput"
    | "latency"
    | Readonly<Record<string, unknown>>;
  /** The highest prices, in dollars per million tokens. */
  readonly max_price?: Readonly<Record<string, number | string>>;
  /** Any other field of the API. */
  readonly [field: string]: unknown;
}

/** The fields of {@linkcode ProviderPreferences} that OpenRouter documents. */
export const PROVIDER_FIELDS: readonly string[] = [
  "order",
  "only",
  "ignore",
  "allow_fallbacks",
  "require_parameters",
  "data_collection",
  "zdr",
  "quantizations",
  "sort",
  "max_price",
];

/** How much a model reasons, and whether the answer contains the reasoning. */
export interface ReasoningOptions {
  /** The reasoning effort. */
  readonly effort?:
    | "max"
    | "xhigh"
    | "high"
    | "medium"
    | "low"
    | "minimal"
    | "none";
  /** The maximum number of tokens of reasoning. */
  readonly max_tokens?: number;
  /** Whether to exclude the reasoning from the answer. */
  readonly exclude?: boolean;
  /** Whether the model reasons at all. */
  readonly enabled?: boolean;
  /** Any other field of the API. */
  readonly [field: string]: unknown;
}

/** The form of the answer. */
export interface ResponseFormat {
  /** `text`, `json_object` or `json_schema`. */
  readonly type: string;
  /** The schema, if `type` is `json_schema`. */
  readonly json_schema?: {
    readonly name: string;
    readonly strict?: boolean;
    readonly schema: Readonly<Record<string, unknown>>;
    readonly [field: string]: unknown;
  };
  /** Any other field of the API. */
  readonly [field: string]: unknown;
}

/** A tool that the model may call. */
export type Tool = FunctionTool | ServerTool;

/** A tool that OpenRouter runs, such as a web search. */
export interface ServerTool {
  /** The name of the tool, such as `openrouter:web_search`. */
  readonly type: `openrouter:${string}`;
  /** The tool's options, as in the API. */
  readonly [field: string]: unknown;
}

/** A function that the caller runs. */
export interface FunctionTool {
  /** The kind of tool. */
  readonly type: "function";
  /** The function's name, description and parameters as a JSON schema. */
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters?: Readonly<Record<string, unknown>>;
    readonly [field: string]: unknown;
  };
  /** Any other field of the API. */
  readonly [field: string]: unknown;
}

/** Which tool the model may or must call. */
export type ToolChoice =
  | "auto"
  | "none"
  | "required"
  | { readonly type: "function"; readonly function: { readonly name: string } }
  | { readonly type: `openrouter:${string}` };

/** A tool call of the model. */
export interface ToolCall {
  /** The id of the call, which the message with the tool's result repeats. */
  readonly id: string;
  /** The kind of tool. */
  readonly type: "function";
  /** The function's name, and its arguments as JSON text. */
  readonly function: { readonly name: string; readonly arguments: string };
}

/** The body of a request, without the seed. */
export type RequestBody =
  & Readonly<Record<string, unknown>>
  & { readonly model: string; readonly messages: readonly Message[] };
