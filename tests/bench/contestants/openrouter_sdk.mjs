// @ts-check
import { importPackage } from "./import_package.mjs";
import { measureLoops } from "./measure_loops.mjs";
import { API_KEY, question, SAMPLING } from "./question.mjs";

const { OpenRouter } = await importPackage("@openrouter/sdk");

await measureLoops(({ baseUrl }) => {
  const client = new OpenRouter({
    serverURL: baseUrl,
    apiKey: API_KEY,
    retryConfig: { strategy: "none" },
  });
  return async (seed) => {
    const answer = await client.chat.send({
      chatRequest: {
        ...SAMPLING,
        messages: [{ role: "user", content: question(0) }],
        seed,
        stream: false,
      },
    });
    // The types tell a stream from an answer by a literal false, which JavaScript has not.
    return "choices" in answer ? answer.choices[0]?.message.content : null;
  };
});
