import type { Rollouts } from "../../../mod.ts";

/** Runs the program of a copied call from the cache alone, and returns what it sampled. */
export async function callProgram(program: string): Promise<Rollouts> {
  const source = program
    .replace(
      '"@rollouts/client"',
      JSON.stringify(import.meta.resolve("../../../mod.ts")),
    )
    .replace(
      "new RolloutsClient({",
      "new RolloutsClient({ cacheOnly: true, logLevel: 'off',",
    )
    .replace("const rollouts", "export const rollouts");
  const url = `data:application/typescript,${encodeURIComponent(source)}`;
  return (await import(url)).rollouts;
}
