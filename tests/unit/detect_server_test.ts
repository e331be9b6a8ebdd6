import { assertEquals } from "@std/assert";
import { knownServer } from "../../src/catalog/detect_server.ts";
import { overrideEnv } from "../support/program_env.ts";

Deno.test("knownServer() recognizes servers by host, and that of OPENROUTER_BASE_URL", () => {
  const own = "http://127.0.0.1:8787/api/v1";
  using _ = overrideEnv({ OPENROUTER_BASE_URL: own });
  assertEquals(
    [
      "https://openrouter.ai/api/v1",
      own,
      "https://api.deepseek.com/beta",
      "https://api.mistral.ai/v1",
      "https://api.moonshot.cn/v1",
      "http://127.0.0.1:8000/v1",
      "https://api.mistral.ai.evil.example/v1",
    ].map(knownServer),
    ["openrouter", "openrouter", "deepseek", "mistral", "moonshot", null, null],
  );
});
