/**
 * A server over llama.cpp that speaks the protocol of vLLM: chats, completions with `echo`, and log
 * probabilities. It prints its port, and ends with its standard input.
 *
 *     node llama_server.mjs DIRECTORY_WITH_NODE_MODULES MODEL.gguf
 */

import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const END = "<|im_end|>";

const [directory, modelPath] = process.argv.slice(2);
const { getLlama } = await import(
  pathToFileURL(`${directory}/node_modules/node-llama-cpp/dist/index.js`)
);
const llama = await getLlama({
  gpu: false,
  build: "never",
  progressLogs: false,
  logLevel: "error",
  maxThreads: 1,
});
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({
  contextSize: 512,
  flashAttention: false,
  experimentalKvCacheKeyType: "F32",
  experimentalKvCacheValueType: "F32",
});
// node-llama-cpp 3.21.1 mixes up the tokens of sequences that are evaluated at once, on a busy computer.
const sequence = context.getSequence();
let turn = Promise.resolve();

const server = createServer(async (request, response) => {
  const send = (status, body) =>
    response.writeHead(status, { "content-type": "application/json" })
      .end(JSON.stringify(body));
  try {
    const answer = answers[request.url];
    if (answer === undefined) return send(404, { detail: "Not Found" });
    const body = request.method === "POST" ? await json(request) : {};
    send(200, await answer(body));
  } catch (error) {
    send(500, { error: { message: String(error.stack) } });
  }
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
console.log(server.address().port);
process.stdin.resume().on("end", () => process.exit());

const answers = {
  "/v1/models": () => ({
    object: "list",
    data: [{ id: "tiny-sums", object: "model", owned_by: "vllm" }],
  }),
  "/v1/chat/completions": async (body) => {
    const { text, tokens, ...rest } = await generate(chatPrompt(body), body);
    return {
      object: "chat.completion",
      choices: [{
        index: 0,
        message: { role: "assistant", ...splitThought(text, body.messages) },
        finish_reason: rest.finishReason,
        logprobs: body.logprobs ? { content: tokens } : null,
      }],
      ...common(body, rest),
    };
  },
  "/v1/completions": async (body) => {
    const { prompt, echo = false, logprobs } = body;
    const given = echo ? await evaluate(prompt, logprobs ?? 0) : [];
    const { text, tokens, ...rest } = await generate(prompt, body);
    return {
      object: "text_completion",
      choices: [{
        index: 0,
        text: echo ? prompt + text : text,
        finish_reason: rest.finishReason,
        logprobs: logprobs == null
          ? null
          : legacyLogprobs([...given, ...tokens]),
      }],
      ...common(body, rest),
    };
  },
};

/** Returns the text of a conversation. Only `continue_final_message` leaves the last one open. */
function chatPrompt({ messages, continue_final_message = false }) {
  const text = messages
    .map(({ role, content }) => `<|im_start|>${role}\n${content}`)
    .join(`${END}\n`);
  return continue_final_message
    ? text
    : `${text}${END}\n<|im_start|>assistant\n<think>\n`;
}

/** Splits a text as vLLM's reasoning parsers do. */
function splitThought(text, messages) {
  const last = messages.at(-1);
  if (last.role === "assistant" && last.content.includes("</think>")) {
    return { reasoning: null, content: text };
  }
  const [reasoning, content = null] = text.split("</think>");
  return { reasoning, content };
}

function common({ model }, { promptTokens, completionTokens }) {
  return {
    id: crypto.randomUUID(),
    created: Math.floor(Date.now() / 1000),
    model,
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  };
}

/** The format of completions: one array for each property. */
function legacyLogprobs(tokens) {
  let offset = 0;
  return {
    tokens: tokens.map(({ token }) => token),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map(({ top_logprobs }) =>
      top_logprobs &&
      Object.fromEntries(
        top_logprobs.map(({ token, logprob }) => [token, logprob]),
      )
    ),
    text_offset: tokens.map(({ token }) =>
      (offset += token.length) - token.length
    ),
  };
}

/** Continues a text. */
async function generate(prompt, body) {
  const { max_tokens = 512, stop = [], seed } = body;
  const { temperature = 1, top_p: topP = 1, top_k: topK = 0, min_p: minP = 0 } =
    body;
  const promptTokens = model.tokenize(prompt, true);
  const limit = Math.min(max_tokens, 511 - promptTokens.length);
  // A number in completions.
  const top = Number(body.top_logprobs ?? body.logprobs ?? 0);
  const generated = [];
  const tokens = [];
  const done = (finishReason) => ({
    text: textOf(generated),
    tokens,
    finishReason,
    promptTokens: promptTokens.length,
    completionTokens: generated.length,
  });
  if (limit <= 0) return done("length");
  return await withSequence(async () => {
    const steps = sequence.evaluateWithMetadata(
      promptTokens,
      { probabilities: Boolean(body.logprobs) },
      {
        temperature,
        topP,
        topK,
        minP,
        seed: seed ?? Math.floor(Math.random() * 2 ** 31),
      },
    );
    for await (const { token, probabilities } of steps) {
      generated.push(token);
      if (probabilities) {
        tokens.push(described(token, probabilities, top));
      }
      const text = textOf(generated.slice(-20));
      if ([stop].flat().some((mark) => text.endsWith(mark))) {
        return done("stop");
      }
      if (generated.length >= limit) return done("length");
    }
    // It ends at the token that ends a message.
    return done("stop");
  });
}

/** Returns the log probability of each token of a text, after those before it. */
async function evaluate(text, top) {
  const tokens = model.tokenize(text, true);
  const neutral = { temperature: 1, topP: 1, topK: 0, minP: 0 };
  const generateNext = { probabilities: true, options: neutral };
  const found = await withSequence(() =>
    sequence.controlledEvaluate(
      tokens.map((token) => [token, { generateNext }]),
    )
  );
  return tokens.map((token, at) =>
    at === 0
      ? { token: textOf([token]), logprob: null, top_logprobs: null }
      : described(token, found[at - 1].next.probabilities, top)
  );
}

function described(token, probabilities, top) {
  const describe = (token) => {
    const text = textOf([token]);
    return {
      token: text,
      logprob: Math.log(probabilities.get(token) ?? 0),
      bytes: [...Buffer.from(text)],
    };
  };
  // The most likely ones come first.
  const top_logprobs = [...probabilities.keys()].slice(0, top).map(describe);
  return { ...describe(token), top_logprobs };
}

function textOf(tokens) {
  return model.detokenize(tokens, true);
}

/** Runs an action with the sequence, after the actions before it. */
function withSequence(action) {
  const result = turn.then(async () => {
    await sequence.clearHistory();
    return await action();
  });
  turn = result.catch(() => {});
  return result;
}
