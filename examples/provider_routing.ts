/**
 * Provider routing: preferred, allowed, and excluded providers. Providers differ in precision and in
 * how they treat a prefill, so `provider` is part of the cache key.
 *
 * @module
 */

import {
  NotFoundError,
  type ProviderPreferences,
  RolloutsClient,
} from "@rollouts/client";

const client = new RolloutsClient({
  model: "meta-llama/llama-3.1-8b-instruct",
  maxTokens: 20,
});

const preferences: ProviderPreferences[] = [
  { order: ["novita", "deepinfra"] },
  { only: ["deepinfra"] },
  { ignore: ["deepinfra"], data_collection: "deny" },
];
for (const provider of preferences) {
  const rollouts = await client.generate("What is Python?", { provider });
  console.log(JSON.stringify(provider), "→", rollouts.at(0)?.provider);
}

// Without fallbacks, a provider that does not serve the model is an error of the call.
try {
  await client.generate("What is Python?", {
    provider: { order: ["no-such-provider"], allow_fallbacks: false },
  });
} catch (error) {
  if (!(error instanceof NotFoundError)) throw error;
  console.log(`no-such-provider → ${error.message}`);
}
