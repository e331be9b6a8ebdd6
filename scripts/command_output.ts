/**
 * Runs a command and returns what it prints.
 *
 * @throws {Error} If it fails, with what it prints on stderr.
 */
export async function commandOutput(
  command: string,
  args: string[],
  cwd?: string,
): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args,
    cwd,
  }).output();
  const decoder = new TextDecoder();
  if (success) return decoder.decode(stdout);
  const reason = decoder.decode(stderr).trim();
  throw new Error(`${command} ${args.join(" ")}: ${reason}`);
}
