/** Bytes that are read. */
export type ByteSource = ReadableStream<Uint8Array<ArrayBuffer>>;

/** What stdin gives. */
export function standardInput(): ByteSource {
  return Deno.stdin.readable;
}

/** What stdout takes. */
export function standardOutput(): WritableStream<Uint8Array> {
  return Deno.stdout.writable;
}

/** Whether a write failed because nobody reads on, as with `rollouts … | head`. */
export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Deno.errors.BrokenPipe;
}

/**
 * What is in a file, as it is read.
 *
 * @throws {Error} Where it cannot be opened.
 */
export async function fileSource(path: string): Promise<ByteSource> {
  return (await Deno.open(path)).readable;
}

/**
 * What goes into a file that must not be there yet.
 *
 * @throws {Error} Where it cannot be made.
 */
export async function newFileSink(
  path: string,
): Promise<WritableStream<Uint8Array>> {
  const file = await Deno.open(path, { write: true, createNew: true });
  return file.writable;
}
