import { walkSync } from "@std/fs/walk";

/** Lists the files of all samples in a cache directory, which does not have to exist. */
export function seedFiles(cacheDir: string): string[] {
  try {
    return [...walkSync(cacheDir, { includeDirs: false })]
      .filter(({ name }) => /^seed_\d+\.json$/.test(name))
      .map(({ path }) => path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
