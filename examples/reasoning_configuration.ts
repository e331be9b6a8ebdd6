/**
 * How much a model reasons, and whether it shows its reasoning: the `reasoning` object of the API.
 * You pay for hidden reasoning as for visible reasoning, as the token counts show.
 *
 * @module
 */

import { type ReasoningOptions, RolloutsClient } from "@rollouts/client";

const client = new RolloutsClient({
  model: "qwen/qwen3-30b-a3b",
  maxTokens: 600,
});
const prompt = "A train goes 60 miles an hour for 2.5 hours. How far is that?";

const configurations: Record<string, ReasoningOptions> = {
  "little effort": { effort: "low" },
  "at most 200 tokens": { max_tokens: 200 },
  "hidden": { exclude: true },
  "none": { enabled: false },
};
for (const [name, reasoning] of Object.entries(configurations)) {
  const response = (await client.generate(prompt, { reasoning })).at(0);
  const tokens = response?.usage.reasoningTokens ?? 0;
  const shown = response?.reasoning?.length ?? 0;
  console.log(
    `${name}: ${tokens} reasoning tokens, ${shown} characters shown`,
  );
}
