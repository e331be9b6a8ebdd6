/** What a program needs beside, to read a variable that is set. */
export const ENV_NEED = " (and let the program read it: --allow-env)";

/**
 * An environment variable; undefined where it is not set, empty, or the program may not
 * read it. It never makes Deno ask for the permission.
 */
export function readEnv(name: string): string | undefined {
  const { state } = Deno.permissions.querySync({ name: "env", variable: name });
  return state === "granted" ? Deno.env.get(name) || undefined : undefined;
}
