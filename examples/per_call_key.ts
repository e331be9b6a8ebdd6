/**
 * An API key per call. It is not part of the cache key, so both keys share the samples. Set
 * TEAM_API_KEY to a second key to run it.
 *
 * @module
 */

import { type Rollouts, RolloutsClient } from "@rollouts/client";

// The key of the client is OPENROUTER_API_KEY.
const client = new RolloutsClient({
  model: "meta-llama/llama-3.1-8b-instruct",
  maxTokens: 20,
});
const mine = await client.generate("Name a river.", { nSamples: 2 });
console.log(`my key paid for ${paid(mine)}`);

// An option that is undefined is not set: without a second key, the first one pays again.
const apiKey = Deno.env.get("TEAM_API_KEY");
const team = await client.generate("Name a river.", { nSamples: 5, apiKey });
console.log(`the team's key paid for ${paid(team)}`);

function paid({ responses }: Rollouts): string {
  const paidNow = responses.filter((response) => !response.cached);
  return `${paidNow.length} of ${responses.length} samples`;
}
