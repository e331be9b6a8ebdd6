// @ts-check
import { importPackage } from "./import_package.mjs";
import { measureLoops } from "./measure_loops.mjs";
import { API_KEY, question, SAMPLING } from "./question.mjs";

const { default: OpenAI } = await importPackage("openai");

await measureLoops(({ baseUrl }) => {
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey: API_KEY,
    maxRetries: 0,
  });
  const { model, temperature, topP, maxTokens } = SAMPLING;
  return async (seed) => {
    const answer = await client.chat.completions.create({
      model,
      messages: [{ role: "user", content: question(0) }],
      temperature,
      top_p: topP,
      max_tokens: maxTokens,
      seed,
    });
    return answer.choices[0]?.message.content;
  };
});
