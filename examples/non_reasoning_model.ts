/**
 * A model without reasoning: `reasoning` is `null`, and `full` is the content.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";

const client = new RolloutsClient({
  model: "meta-llama/llama-3.1-8b-instruct",
  temperature: 0.9,
  maxTokens: 60,
});
const rollouts = await client.generate(
  "Write the opening line of a story about a lighthouse.",
  { nSamples: 3 },
);

for (const { reasoning, content, full } of rollouts) {
  console.log(content);
  console.log({ reasoning, isFullTheContent: full === content });
}
