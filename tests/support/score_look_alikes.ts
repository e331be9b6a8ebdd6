import { chatPrompt } from "../../src/testing/tiny_model/chat_prompt.ts";
import { loadTinySums } from "../../src/testing/tiny_model/load_tiny_sums.ts";
import type { TokenLogprobs } from "../../src/testing/tiny_model/token_logprobs.ts";
import {
  bytesOfToken,
  decodeTokens,
  encodeTokens,
} from "../../src/testing/tiny_model/tokenizer.ts";
import type { JsonObject } from "../../src/util/json_object.ts";
import type { Parsed } from "./ask_mock.ts";
import { serve } from "./serve.ts";

/** Returns the answer to a body, or a status and the message of an error. */
type Route = (body: Parsed) => JsonObject | readonly [number, string];

/** The tiny language model, which all look-alikes serve. */
export const tinySums = await loadTinySums();

/** Returns the log-probabilities of the tokens of a text, each after the ones before it. */
export function exactLogprobs(prompt: string, text: string): number[] {
  const tokens = encodeTokens(prompt + text);
  const first = encodeTokens(prompt).length;
  return tinySums.score(tokens, 0).slice(first)
    .map((token) => token!.logprob);
}

/** A token, its id, and its log-probabilities, or null if it is the first one. */
function scored(ids: readonly number[], top: number) {
  return tinySums.score(ids, top).map((logprobs, index) => ({
    id: ids[index]!,
    text: decodeTokens([ids[index]!]),
    logprobs,
  }));
}

/** Returns the id of a token by its bytes. */
function idOf({ bytes }: TokenLogprobs["top_logprobs"][number]): number {
  return bytes.length === 1
    ? bytes[0]!
    : encodeTokens(new TextDecoder().decode(Uint8Array.from(bytes)))[0]!;
}

/** The shape of OpenAI's completions, with the prompt's tokens before those of the answer. */
function completionShape(tokens: ReturnType<typeof scored>) {
  return {
    tokens: tokens.map(({ text }) => text),
    token_logprobs: tokens.map(({ logprobs }) => logprobs?.logprob ?? null),
    top_logprobs: tokens.map(({ logprobs }) =>
      logprobs && Object.fromEntries(
        logprobs.top_logprobs.map(({ token, logprob }) => [token, logprob]),
      )
    ),
  };
}

/** vllm/entrypoints/openai: CompletionRequest, ChatCompletionRequest, ChatCompletionResponse. */
const VLLM: Readonly<Record<string, Route>> = {
  "/v1/models": () => ({ data: [{ id: "tiny", owned_by: "vllm" }] }),
  "/v1/completions": ({ prompt, echo, logprobs, max_tokens }) => {
    const tokens = scored(encodeTokens(prompt), logprobs);
    const own = { id: 48, text: "0", logprobs: tokens[1]!.logprobs };
    const shape = completionShape(echo ? [...tokens, own] : [own]);
    return {
      choices: [{ index: 0, text: `${prompt}0`, logprobs: shape }],
      usage: { prompt_tokens: tokens.length, completion_tokens: max_tokens },
    };
  },
  "/v1/chat/completions": (body) => {
    const { continue_final_message, add_generation_prompt = true } = body;
    if (continue_final_message && add_generation_prompt) {
      return [
        400,
        "Cannot set both `continue_final_message` and `add_generation_prompt` to True.",
      ];
    }
    const ids = encodeTokens(chatPrompt(body.messages));
    return {
      choices: [{ index: 0, message: { content: "0" } }],
      prompt_token_ids: body.return_token_ids ? ids : null,
      prompt_logprobs: scored(ids, body.prompt_logprobs).map((token) =>
        token.logprobs && Object.fromEntries(
          [token.logprobs, ...token.logprobs.top_logprobs].map((place) => [
            place === token.logprobs ? token.id : idOf(place),
            { logprob: place.logprob, rank: 1, decoded_token: place.token },
          ]),
        )
      ),
    };
  },
};

/** sglang/srt/managers/io_struct.py: GenerateReqInput; the texts of tokens are null unless requested. */
const SGLANG: Readonly<Record<string, Route>> = {
  "/get_model_info": () => ({ model_path: "tiny" }),
  "/generate": (body) => {
    const { text, return_logprob, logprob_start_len = -1 } = body;
    if (!return_logprob || logprob_start_len !== 0) return { meta_info: {} };
    const name = (token: string) => body.return_text_in_logprobs ? token : null;
    const tokens = scored(encodeTokens(text), body.top_logprobs_num);
    return {
      text: "",
      meta_info: {
        input_token_logprobs: tokens.map(({ id, text, logprobs }) => [
          logprobs?.logprob ?? null,
          id,
          name(text),
        ]),
        input_top_logprobs: tokens.map(({ logprobs }) =>
          logprobs?.top_logprobs.map((place) => [
            place.logprob,
            idOf(place),
            name(place.token),
          ]) ?? null
        ),
      },
    };
  },
};

/** llama.cpp, tools/server: /tokenize, /apply-template, and /completion, whose bias selects a token. */
const LLAMACPP: Readonly<Record<string, Route>> = {
  "/props": () => ({ default_generation_settings: { n_ctx: 512 } }),
  "/v1/completions": ({ echo }) =>
    echo ? [500, "Only no echo is supported"] : {},
  "/apply-template": ({ messages }) => ({ prompt: chatPrompt(messages) }),
  "/tokenize": ({ content, with_pieces }) => ({
    tokens: encodeTokens(content).map((id) => {
      const bytes = bytesOfToken(id);
      const isText = bytes.length > 1 || bytes[0]! < 128;
      return with_pieces
        ? { id, piece: isText ? decodeTokens([id]) : bytes }
        : id;
    }),
  }),
  "/completion": (body) => {
    const { prompt, n_predict, n_probs, logit_bias, temperature } = body;
    if (n_predict !== 1 || temperature !== 0) return [400, "not tested"];
    const [[id, bias]] = logit_bias;
    if (bias < 1000) return [400, "not tested"];
    const [, place] = tinySums.score([...prompt, id], n_probs).slice(-2);
    return {
      completion_probabilities: [{
        id,
        ...place,
        top_logprobs: place!.top_logprobs.map((top) => ({
          id: idOf(top),
          ...top,
        })),
      }],
    };
  },
};

/** docs.together.ai, "Logprobs": the prompt has a list of its own. */
const TOGETHER: Readonly<Record<string, Route>> = {
  "/v1/completions": ({ prompt, echo, logprobs }) => ({
    prompt: echo
      ? [{
        text: prompt,
        logprobs: completionShape(scored(encodeTokens(prompt), logprobs)),
      }]
      : [],
    choices: [{ text: "0", logprobs: { tokens: ["0"], token_logprobs: [-1] } }],
    usage: { completion_tokens: 1 },
  }),
};

const SERVERS = {
  vllm: VLLM,
  sglang: SGLANG,
  llamacpp: LLAMACPP,
  together: TOGETHER,
};

/** The names of the look-alikes. */
export type ScoreServer = keyof typeof SERVERS;

/** Starts a server that reports the log-probabilities of given texts as one kind does. */
export async function startScoreServer(name: ScoreServer) {
  const routes: Readonly<Record<string, Route>> = SERVERS[name];
  const bodies: (readonly [path: string, body: Parsed])[] = [];
  const server = await serve(async (request) => {
    const { pathname } = new URL(request.url);
    const route = routes[pathname];
    if (route === undefined) {
      return Response.json({ detail: "Not Found" }, { status: 404 });
    }
    const body = request.method === "POST" ? await request.json() : {};
    if (request.method === "POST") bodies.push([pathname, body]);
    const answer = route(body);
    if (!Array.isArray(answer)) return Response.json(answer);
    const [status, message] = answer;
    return Response.json({ error: { message } }, { status });
  });
  return {
    baseUrl: `${server.url}/v1`,
    /** The posted bodies, with their paths. */
    bodies,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
