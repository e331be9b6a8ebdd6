// @ts-check
import { measureLoops } from "./measure_loops.mjs";
import { postBare } from "./post_bare.mjs";

await measureLoops(({ baseUrl }) => {
  const url = `${baseUrl}/chat/completions`;
  return async (seed) => (await postBare(url, seed)).choices[0].message.content;
});
