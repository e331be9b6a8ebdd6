/**
 * How the requests of one kind of server differ from OpenRouter's. None of it is part of the cache key.
 *
 * To add a kind of server, add a file like those next to this one, its name in `server_name.ts`, its
 * dialect in `dialect_of.ts`, and how to recognize it in `detect_server.ts`.
 */
export interface ServerDialect {
  /** Fields that the body of a prefilled chat contains. */
  readonly prefillBody?: Readonly<Record<string, unknown>>;
  /** Fields that the prefilled message contains. */
  readonly prefillMessage?: Readonly<Record<string, unknown>>;
  /**
   * The field of the prefilled message that contains its reasoning. By default the reasoning begins the
   * content, after `<think>`.
   */
  readonly reasoningField?: "reasoning_content";
  /** Whether the server always repeats the prefill at the start of the content. By default it does not. */
  readonly repeatsPrefill?: boolean;
  /** The field for the seed, or `null` if the server has none. By default `seed`. */
  readonly seedField?: string | null;
  /** Fields that the server rejects or ignores although they change the answer. */
  readonly unsupported?: readonly string[];
  /**
   * Whether a raw prompt requests log-probabilities as a chat does. By default its `logprobs` is their
   * number, as in OpenAI's API.
   */
  readonly rawLogprobsAsInChat?: true;
  /** How the server reports the log-probabilities of a given text. */
  readonly scoring: Scoring;
}

/** How a server reports the log-probabilities of a given text. */
export type Scoring =
  | {
    /** How it reports those of a raw prompt: see `score_request.ts`. */
    readonly of: "echo" | "input_token_logprobs" | "n_probs";
    /** Fields of a raw prompt that a chat template has rendered, special tokens included. */
    readonly renderedBody?: Readonly<Record<string, unknown>>;
    /**
     * How messages are rendered: by the chat endpoint, which reports `prompt_logprobs`, or by an endpoint
     * that returns the text. By default this package renders them.
     */
    readonly messages?: "prompt_logprobs" | "apply-template";
  }
  /** Why it reports none. */
  | { readonly of: null; readonly reason: string };

/** Fields that select OpenRouter's providers, plugins and reasoning. Other servers have no equivalent. */
export const OPENROUTER_FIELDS = [
  "provider",
  "models",
  "plugins",
  "reasoning",
  "verbosity",
] as const;

/** Fields that APIs of single providers lack: those of OpenRouter, and those of other samplers. */
export const PROVIDER_UNSUPPORTED = [
  ...OPENROUTER_FIELDS,
  "include_reasoning",
  "logit_bias",
  "min_p",
  "repetition_penalty",
  "top_a",
  "top_k",
] as const;
