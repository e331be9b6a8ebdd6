/**
 * Messages instead of a string: a conversation with a system prompt, continued with the answers of the
 * model.
 *
 * @module
 */

import { type Message, RolloutsClient } from "@rollouts/client";

const client = new RolloutsClient({
  model: "meta-llama/llama-3.1-8b-instruct",
  maxTokens: 60,
});

const messages: Message[] = [
  { role: "system", content: "You answer in one short sentence." },
];
for (
  const question of [
    "Pick a number from 1 to 100.",
    "Which number did you pick?",
    "Is it odd?",
  ]
) {
  messages.push({ role: "user", content: question });
  const answer = (await client.generate(messages)).at(0)?.content ?? "";
  messages.push({ role: "assistant", content: answer });
}
for (const { role, content } of messages) console.log(`${role}: ${content}`);
