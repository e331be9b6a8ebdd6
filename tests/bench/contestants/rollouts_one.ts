import { RolloutsClient } from "../../../mod.ts";
import { question, SAMPLING } from "./question.mjs";

const [baseUrl, cacheDir] = Deno.args;
const client = new RolloutsClient({ ...SAMPLING, baseUrl, cacheDir });
const { responses } = await client.generate(question(0));
console.log(responses[0]?.content);
