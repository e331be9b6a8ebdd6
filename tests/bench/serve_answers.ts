/**
 * Serves the recorded answers with a latency, for the cases that nginx cannot serve, or if it is
 * missing. Its argument is a {@linkcode ServeTask} as JSON. It prints its ports as one line of
 * JSON.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import { ANSWER_BYTES } from "./answer_size.ts";
import type { ServePorts, ServeTask } from "./deno_server.ts";
import { recordedAnswer } from "./recorded_answer.ts";

const { latencyMs, certificate }: ServeTask = JSON.parse(Deno.args[0] ?? "");
const answers = new Map(
  Object.entries(ANSWER_BYTES).map(([size, bytes]) => [
    `/${size}/api/v1/chat/completions`,
    new TextEncoder().encode(recordedAnswer(bytes)),
  ]),
);
const options = {
  hostname: "127.0.0.1",
  port: 0,
  // All clients connect at once, and a client that the backlog rejects retries only a second later.
  tcpBacklog: 4096,
  onListen: () => {},
};
const http1 = Deno.serve(options, answer).addr.port;
const tls = certificate === null ? null : Deno.serve({
  ...options,
  cert: Deno.readTextFileSync(certificate.certFile),
  key: Deno.readTextFileSync(certificate.keyFile),
}, answer).addr.port;
const ports: ServePorts = { http1, tls };
console.log(JSON.stringify(ports));

async function answer(request: Request): Promise<Response> {
  const body = answers.get(new URL(request.url).pathname);
  if (body === undefined) return new Response(null, { status: 404 });
  await request.body?.cancel();
  if (latencyMs > 0) await delay(latencyMs);
  return new Response(body, {
    headers: { "Content-Type": "application/json" },
  });
}
