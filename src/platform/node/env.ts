import process from "node:process";

/** Nothing. */
export const ENV_NEED = "";

export function readEnv(name: string): string | undefined {
  return process.env[name] || undefined;
}
