import type { Redis } from "./npm_ioredis.ts";

/** Runs a Lua script with its arguments. */
export type Script = (
  ...args: readonly (string | number)[]
) => Promise<unknown>;

/** Registers Lua scripts, so that calls send only their hashes. Each gets `key` as its only key. */
export function defineScripts<Name extends string>(
  redis: Redis,
  key: string,
  scripts: Readonly<Record<Name, string>>,
): Readonly<Record<Name, Script>> {
  const commands = redis as unknown as Readonly<Record<string, Script>>;
  const defined = Object.entries<string>(scripts).map(([name, lua]) => {
    const command = `${key}:${name}`;
    redis.defineCommand(command, { numberOfKeys: 1, lua });
    const run: Script = (...args) => commands[command]!(key, ...args);
    return [name, run];
  });
  return Object.fromEntries(defined);
}
