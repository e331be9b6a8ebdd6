import { createOpenRouter } from "npm:@openrouter/ai-sdk-provider@3.1.0";
import { OpenRouter } from "npm:@openrouter/sdk@1.3.19";
import { generateText } from "npm:ai@7.0.173";
import OpenAI from "npm:openai@7.57.0";
import { RolloutsClient } from "../../mod.ts";

/** A request to a client. */
export interface Asked {
  /** The model. */
  readonly model: string;
  /** The reasoning to prefill; none if empty. */
  readonly thought: string;
  /** The seed. */
  readonly seed: number;
}

/**
 * Samples once with a client that has only the required options, and returns its result. Throws if
 * the client throws or reports the sample as missing.
 */
export type ComparedClient = (
  target: { readonly baseUrl: string; readonly cacheDir: string },
) => (asked: Asked) => Promise<unknown>;

const QUESTION = "What is 5*10?";
const apiKey = "sk-test";

/** The clients of the comparison in docs/speed.md, by their names in its table. */
export const COMPARED_CLIENTS: Readonly<Record<string, ComparedClient>> = {
  "@rollouts/client": ({ baseUrl, cacheDir }) => {
    const client = new RolloutsClient({
      model: "qwen/qwen3-30b-a3b",
      baseUrl,
      apiKey,
      cacheDir,
    });
    return async ({ model, thought, seed }) => {
      const prompt = thought === ""
        ? QUESTION
        : `${QUESTION}\n<think>${thought}`;
      const rollouts = await client.generate(prompt, { model, seed });
      for (const error of rollouts.errors.values()) throw error;
      return { ...rollouts.at(0) };
    };
  },
  "@openrouter/sdk": ({ baseUrl }) => {
    const client = new OpenRouter({ serverURL: baseUrl, apiKey });
    return ({ model, thought, seed }) =>
      client.chat.send({
        chatRequest: {
          model,
          seed,
          messages: messages(thought),
          stream: false,
        },
      });
  },
  "openai": ({ baseUrl }) => {
    const client = new OpenAI({ baseURL: baseUrl, apiKey });
    return ({ model, thought, seed }) =>
      client.chat.completions.create({
        model,
        seed,
        messages: messages(thought),
      });
  },
  "ai": ({ baseUrl }) => {
    const provider = createOpenRouter({ baseURL: baseUrl, apiKey });
    return ({ model, thought, seed }) =>
      generateText({
        model: provider.chat(model),
        seed,
        messages: messages(thought),
      });
  },
};

function messages(
  thought: string,
): { role: "user" | "assistant"; content: string }[] {
  const question = { role: "user", content: QUESTION } as const;
  return thought === ""
    ? [question]
    : [question, { role: "assistant", content: `<think>${thought}` }];
}
