import type { MockOpenRouter } from "../../src/testing/mod.ts";

/** Parsed JSON. Tests access it unchecked, because a missing field fails them anyway. */
export type Parsed = ReturnType<typeof JSON.parse>;

/** Options of {@linkcode sendToMock}. */
export interface AskOptions {
  /** HTTP headers; by default they include an API key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborts the request. */
  readonly signal?: AbortSignal;
}

/** Requests a chat about 5*10 from a mock server. */
export function askMock(
  server: MockOpenRouter,
  fields: Record<string, unknown> = {},
  options: AskOptions = {},
): Promise<Response> {
  const body = {
    model: "qwen/qwen3-30b-a3b",
    messages: [{ role: "user", content: "What is 5*10?" }],
    ...fields,
  };
  return sendToMock(server, "/chat/completions", JSON.stringify(body), options);
}

/** Like {@linkcode askMock}, but returns the parsed body. */
export async function askMockJson(
  ...args: Parameters<typeof askMock>
): Promise<Parsed> {
  return await (await askMock(...args)).json();
}

/** Sends a POST request to a mock server. */
export function sendToMock(
  server: MockOpenRouter,
  path: string,
  body: string,
  { headers, signal }: AskOptions = {},
): Promise<Response> {
  return fetch(server.baseUrl + path, {
    method: "POST",
    headers: { Authorization: KEY, ...headers },
    body,
    signal,
  });
}

/** Sends a GET request to a mock server. */
export function getFromMock(
  server: MockOpenRouter,
  path: string,
): Promise<Response> {
  return fetch(server.baseUrl + path, { headers: { Authorization: KEY } });
}

const KEY = "Bearer sk-or-v1-test";
