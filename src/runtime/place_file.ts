/** Gives a finished file its name, in place of one that has it. */
export async function placeFile(from: string, to: string): Promise<void> {
  await Deno.rename(from, to);
}

/** Removes a file that was never finished; nothing where there is none. */
export async function dropFile(path: string): Promise<void> {
  await Deno.remove(path).catch(() => {});
}
