import type { RequestInit } from "npm:undici@^7.30.2";
import { proxyAgent } from "./proxy_agent.ts";

/**
 * The `fetch` of undici, with the connections and the proxies of `post()`. The global `fetch` ignores the
 * variables of proxies, except on Node 24 or later with `NODE_USE_ENV_PROXY=1`.
 */
export const systemFetch = (async (input: string, init: RequestInit) => {
  const { fetch } = await import("npm:undici@^7.30.2");
  return await fetch(input, { ...init, dispatcher: await proxyAgent() });
}) as unknown as typeof globalThis.fetch;
