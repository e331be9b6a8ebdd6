// @ts-check
import { importPackage } from "./import_package.mjs";
import { measureLoops } from "./measure_loops.mjs";
import { API_KEY, question, SAMPLING } from "./question.mjs";

const { createOpenRouter } = await importPackage("@openrouter/ai-sdk-provider");
const { generateText } = await importPackage("ai");

await measureLoops(({ baseUrl }) => {
  const provider = createOpenRouter({ baseURL: baseUrl, apiKey: API_KEY });
  const { temperature, topP, maxTokens } = SAMPLING;
  const model = provider.chat(SAMPLING.model);
  return async (seed) => {
    const { text } = await generateText({
      model,
      prompt: question(0),
      temperature,
      topP,
      maxOutputTokens: maxTokens,
      seed,
      maxRetries: 0,
    });
    return text;
  };
});
