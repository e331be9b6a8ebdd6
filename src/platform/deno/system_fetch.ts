/** The global `fetch` of Deno, which reads the variables of proxies itself. */
export const systemFetch: typeof globalThis.fetch = (input, init) =>
  fetch(input, init);
