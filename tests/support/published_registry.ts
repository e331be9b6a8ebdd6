import { join } from "@std/path/join";
import { JSR_TOKEN, JsrRegistry } from "./jsr_registry.ts";
import { versionFromDirectory } from "./jsr_version.ts";
import { finished, ROOT, startDeno } from "./run_script.ts";

/**
 * Starts a registry with this package, as `deno task publish` sends it, and the `@std` packages
 * that it imports, created from the checkout's links.
 */
export async function startPublishedRegistry(): Promise<JsrRegistry> {
  const registry = JsrRegistry.start();
  for (const { name } of Deno.readDirSync(join(ROOT, "links/std"))) {
    registry.add(versionFromDirectory(join(ROOT, "links/std", name)));
  }
  const { code, stdout, stderr } = await publishTo(registry);
  if (code === 0) return registry;
  await registry[Symbol.asyncDispose]();
  throw new Error(`publishing failed: ${stdout}${stderr}`);
}

/** Publishes this package without checking types again: `deno task check` checks them. */
export function publishTo(
  registry: JsrRegistry,
  token = JSR_TOKEN,
): ReturnType<typeof finished> {
  const flags = ["--allow-dirty", "--no-check", "--token", token];
  return finished(
    startDeno(["task", "publish", ...flags], { JSR_URL: registry.url }),
  );
}
