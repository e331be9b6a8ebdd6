import type { MockOpenRouter } from "../../src/testing/mod.ts";

/** Parsed JSON, into which the tests look without checks: a missing field fails them anyway. */
export type Parsed = ReturnType<typeof JSON.parse>;

/** What {@linkcode sendToMock} takes beside the body. */
export interface AskOptions {
  /** HTTP headers; the key is among them by default. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends the request. */
  readonly signal?: AbortSignal;
}

/** Asks a mock server for a chat about 5*10. */
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

/** Asks as {@linkcode askMock} does, and reads the body. */
export async function askMockJson(
  ...args: Parameters<typeof askMock>
): Promise<Parsed> {
  return await (await askMock(...args)).json();
}

/** Posts a body to a mock server. */
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

/** Gets something from a mock server. */
export function getFromMock(
  server: MockOpenRouter,
  path: string,
): Promise<Response> {
  return fetch(server.baseUrl + path, { headers: { Authorization: KEY } });
}

const KEY = "Bearer sk-or-v1-test";
