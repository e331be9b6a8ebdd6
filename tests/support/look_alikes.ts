import { lastMessage, type LookAlike, thoughtAndAnswer } from "./look_alike.ts";

/** Answers with a fresh thought, as a model does whose prefill the server did not use. */
const RESTARTED = { content: "<think>\nLet me see.</think>7" };

/** Servers of each kind that reject what the real ones reject. */
export const LOOK_ALIKES: Readonly<
  Record<
    "vllm" | "sglang" | "llamacpp" | "deepseek" | "mistral" | "moonshot",
    LookAlike
  >
> = {
  // vllm/entrypoints/openai: ChatCompletionRequest, ModelCard, /version.
  vllm: {
    info: {
      "/v1/models": {
        object: "list",
        data: [{ id: "tiny", object: "model", owned_by: "vllm" }],
      },
    },
    refusal: ({ continue_final_message, add_generation_prompt = true }) =>
      continue_final_message === true && add_generation_prompt === true
        ? [
          400,
          "Cannot set both `continue_final_message` and `add_generation_prompt` to True.",
        ]
        : null,
    answer: (own, { continue_final_message }) => {
      const [reasoning, content] = thoughtAndAnswer(own);
      return continue_final_message === true
        ? { reasoning, content }
        : RESTARTED;
    },
  },
  // sglang/srt/entrypoints/openai/protocol.py: ChatCompletionRequest, ModelCard.
  sglang: {
    info: {
      "/get_model_info": { model_path: "tiny", is_generation: true },
    },
    refusal: () => null,
    answer: (own, { continue_final_message }) => {
      const [reasoning_content, content] = thoughtAndAnswer(own);
      return continue_final_message === true
        ? { reasoning_content, content }
        : RESTARTED;
    },
  },
  // llama.cpp, tools/server: the check of the last message, /props.
  llamacpp: {
    info: {
      "/props": { default_generation_settings: { n_ctx: 2048 } },
    },
    refusal: (body) =>
      String(lastMessage(body).content).includes("<think>")
        ? [
          400,
          "Assistant response prefill is incompatible with enable_thinking.",
        ]
        : null,
    answer: (own, body) => {
      const [reasoning_content, content] = thoughtAndAnswer(own);
      return typeof lastMessage(body).reasoning_content === "string"
        ? { reasoning_content, content }
        : RESTARTED;
    },
  },
  // api-docs.deepseek.com: chat prefix completion needs `prefix`, and `reasoning_content` for a thought.
  deepseek: {
    info: {},
    refusal: (body) =>
      lastMessage(body).prefix === true
        ? null
        : [400, "The last message of assistant must have prefix set to True"],
    answer: (own, body) => {
      const [reasoning_content, content] = thoughtAndAnswer(own);
      return typeof lastMessage(body).reasoning_content === "string"
        ? { reasoning_content, content }
        : RESTARTED;
    },
  },
  // docs.mistral.ai: unknown fields are rejected, and the last message must be the user's or a prefix.
  mistral: {
    info: {},
    refusal: (body) => {
      const known = [
        ...["model", "messages", "temperature", "top_p", "max_tokens"],
        ...["random_seed", "stop", "response_format", "tools", "tool_choice"],
        ...["presence_penalty", "frequency_penalty"],
      ];
      const extra = Object.keys(body).find((name) => !known.includes(name));
      if (extra !== undefined) {
        return [422, `body.${extra}: Extra inputs are not permitted`];
      }
      return lastMessage(body).prefix === true ? null : [
        400,
        "Expected last role User or Tool (or Assistant with prefix True) for serving but got assistant",
      ];
    },
    // The prefix is repeated.
    answer: (own, body) => ({ content: lastMessage(body).content + own }),
  },
  // platform.moonshot.ai: partial mode.
  moonshot: {
    info: {},
    refusal: () => null,
    answer: (own, body) => {
      const [reasoning_content, content] = thoughtAndAnswer(own);
      return lastMessage(body).partial === true
        ? { reasoning_content, content }
        : RESTARTED;
    },
  },
};
