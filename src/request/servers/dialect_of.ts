import type { ServerName } from "../../server_name.ts";
import { DEEPSEEK } from "./deepseek.ts";
import { LLAMACPP } from "./llamacpp.ts";
import { MISTRAL } from "./mistral.ts";
import { MOONSHOT } from "./moonshot.ts";
import { OPENAI_COMPATIBLE } from "./openai_compatible.ts";
import { OPENROUTER } from "./openrouter.ts";
import type { ServerDialect } from "./server_dialect.ts";
import { SGLANG } from "./sglang.ts";
import { VLLM } from "./vllm.ts";

const DIALECTS: Readonly<Record<ServerName, ServerDialect>> = {
  openrouter: OPENROUTER,
  vllm: VLLM,
  sglang: SGLANG,
  llamacpp: LLAMACPP,
  deepseek: DEEPSEEK,
  mistral: MISTRAL,
  moonshot: MOONSHOT,
  "openai-compatible": OPENAI_COMPATIBLE,
};

/** Returns how the requests of a kind of server differ from OpenRouter's. */
export function dialectOf(server: ServerName): ServerDialect {
  return DIALECTS[server];
}
