import { assertEquals } from "@std/assert";
import { RolloutsClient } from "../../mod.ts";

const ANSWER = JSON.stringify({
  choices: [{ finish_reason: "stop", message: { content: "50" } }],
});

/**
 * Samples two seeds from a server that closes its connection after it has received the second request,
 * as one that crashes does. Returns the seeds that the server received.
 */
async function receivedSeeds(fetch?: typeof globalThis.fetch) {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const seeds: number[] = [];
  const serving = serveUntilClosed(listener, seeds);
  await using client = new RolloutsClient({
    model: "a/b",
    apiKey: "sk-example",
    baseUrl: `http://127.0.0.1:${listener.addr.port}/api/v1`,
    useCache: false,
    maxRetries: 0,
    workers: fetch === undefined ? 0 : undefined,
    fetch,
  });
  for (const seed of [0, 1]) await client.generate("What is 5*10?", { seed });
  listener.close();
  await serving;
  return seeds;
}

async function serveUntilClosed(
  listener: Deno.TcpListener,
  seeds: number[],
): Promise<void> {
  const connections: Deno.TcpConn[] = [];
  try {
    for (;;) {
      const connection = await listener.accept();
      connections.push(connection);
      serveConnection(connection, seeds);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  } finally {
    for (const connection of connections) close(connection);
  }
}

async function serveConnection(
  connection: Deno.TcpConn,
  seeds: number[],
): Promise<void> {
  const buffer = new Uint8Array(4096);
  let received = "";
  try {
    for (;;) {
      const length = await connection.read(buffer);
      if (length === null) break;
      received += new TextDecoder().decode(buffer.subarray(0, length));
      const seed = /"seed":(\d+)\}/.exec(received)?.[1];
      if (seed === undefined) continue;
      received = "";
      seeds.push(Number(seed));
      if (seeds.length === 2) break;
      const head = `HTTP/1.1 200 OK\r\ncontent-length: ${ANSWER.length}`;
      await connection.write(
        new TextEncoder().encode(`${head}\r\n\r\n${ANSWER}`),
      );
    }
  } catch {
    // The test is over.
  }
  close(connection);
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}

Deno.test("Deno's fetch resends a request whose kept connection is closed, without an error", async () => {
  assertEquals(await receivedSeeds(), [0, 1, 1]);
});

Deno.test("a fetch that sends the body as a Blob does not resend a request", async () => {
  const fetchOnce: typeof fetch = (url, init) =>
    fetch(url, { ...init, body: new Blob([init?.body as string]) });
  assertEquals(await receivedSeeds(fetchOnce), [0, 1]);
});
