import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path/join";
import { disconnectRedis } from "../../src/queue/connect_redis.ts";
import {
  QueueControl,
  QueueError,
  QueueTransport,
} from "../../src/queue/mod.ts";
import { Redis } from "../../src/queue/npm_ioredis.ts";
import { MockOpenRouter } from "../../src/testing/mod.ts";
import { makeCertificate } from "../bench/certificate.ts";
import { mockClient } from "../support/mock_client.ts";
import { startWorker } from "../support/queue_worker.ts";
import { freePort } from "../support/free_port.ts";
import { CERTIFICATE_VARIABLE } from "../support/program_env.ts";
import { RedisServer, withRedis } from "../support/redis_server.ts";
import { finished, ROOT, startScript } from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";
import { until } from "../support/until.ts";

const PROMPT = "What is 5*10?";

Deno.test("generate() reports an unreachable Redis with its address but not its password", async () => {
  await using mock = await MockOpenRouter.start();
  const port = await freePort();
  await using client = mockClient(mock, {
    transport: new QueueTransport({ url: `redis://:geheim@127.0.0.1:${port}` }),
  });
  const error = await assertRejects(
    () => client.generate(PROMPT),
    QueueError,
    `redis://127.0.0.1:${port} cannot be reached`,
  );
  assertEquals(error.message.includes("geheim"), false);
  assertEquals(mock.started, 0);
});

Deno.test({
  ...withRedis,
  name: "QueueControl.open() reports a missing or wrong password",
  async fn() {
    await using redis = await RedisServer.start(() => [
      "--requirepass",
      "geheim",
    ]);
    const open = (login: string) =>
      QueueControl.open(`redis://${login}127.0.0.1:${redis.port}`);
    await assertRejects(() => open(""), QueueError, "needs a password");
    await assertRejects(
      () => open(":other@"),
      QueueError,
      "rejects the user name or the password",
    );
    await using control = await open(":geheim@");
    assertEquals((await control.status()).workers, 0);
  },
});

Deno.test({
  ...withRedis,
  name:
    "QueueControl.open() rejects a Redis that evicts results, and warns about a volatile one",
  async fn() {
    await using full = await RedisServer.start(() => [
      ...["--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"],
    ]);
    await assertRejects(
      () => QueueControl.open(full.url),
      QueueError,
      "maxmemory-policy allkeys-lru",
    );
    await using forgetful = await RedisServer.start(() => [
      "--appendonly",
      "no",
    ]);
    const warnings: string[] = [];
    await using _ = await QueueControl.open(
      forgetful.url,
      { logger: { warn: (message) => warnings.push(message) } },
    );
    assertEquals(warnings.length, 1);
    assertStringIncludes(warnings[0]!, "set appendonly yes");
  },
});

Deno.test({
  ...withRedis,
  name: "a run waits while Redis is out of memory, and then continues",
  async fn() {
    await using redis = await RedisServer.start();
    await using mock = await MockOpenRouter.start({ latencyMs: 50 });
    await using dir = new TempDir();
    await using _ = await startWorker(redis, mock);
    await using client = mockClient(mock, {
      transport: new QueueTransport({ url: redis.url }),
      cacheDir: dir.path,
      apiKey: undefined,
    });
    const admin = new Redis(redis.url);
    const call = client.generate(PROMPT, { nSamples: 60 });
    await until(() => mock.started > 5);
    await admin.config("SET", "maxmemory", "1");
    // The requests in flight finish, and nothing is lost.
    await until(() => mock.inFlight === 0);
    await admin.config("SET", "maxmemory", "0");
    await disconnectRedis(admin);
    assertEquals((await call).length, 60);
    assertEquals(mock.answered, 60);
  },
});

Deno.test({
  ...withRedis,
  name:
    "a queue over TLS works with a trusted certificate, and reports an untrusted one",
  async fn() {
    await using dir = new TempDir();
    const { certFile, keyFile } = (await makeCertificate(dir.path))!;
    await using redis = await RedisServer.start((port) => [
      ...["--port", "0", "--tls-port", String(port)],
      ...["--tls-cert-file", certFile, "--tls-key-file", keyFile],
      ...["--tls-ca-cert-file", certFile, "--tls-auth-clients", "no"],
    ]);
    const status = (env: Record<string, string>) =>
      finished(startScript(join(ROOT, "src/cli/main.ts"), {
        permissions: ["--allow-net=127.0.0.1", "--allow-read", "--allow-env"],
        env,
      }, ["queue", "status", "--queue", redis.url.replace("redis", "rediss")]));
    const trusted = await status({ [CERTIFICATE_VARIABLE]: certFile });
    assertStringIncludes(trusted.stdout, "state       running");
    const unknown = await status({});
    assertEquals(unknown.code, 1);
    assertStringIncludes(unknown.stderr, "DENO_CERT");
  },
});
