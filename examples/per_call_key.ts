/**
 * A key for each call: who asks, pays. It is no part of the cache's key, so what one has paid
 * for, the other reads. Run it with a second key in TEAM_API_KEY.
 *
 * @module
 */

import { type Rollouts, RolloutsClient } from "@rollouts/client";

// Its own key is the environment's OPENROUTER_API_KEY.
const client = new RolloutsClient({
  model: "meta-llama/llama-3.1-8b-instruct",
  maxTokens: 20,
});
const mine = await client.generate("Name a river.", { nSamples: 2 });
console.log(`my key paid for ${paid(mine)}`);

// An option that is undefined does not count: without a second key, the first pays again.
const apiKey = Deno.env.get("TEAM_API_KEY");
const team = await client.generate("Name a river.", { nSamples: 5, apiKey });
console.log(`the team's key paid for ${paid(team)}`);

function paid({ responses }: Rollouts): string {
  const bought = responses.filter((response) => !response.cached);
  return `${bought.length} of ${responses.length} samples`;
}
