/** A program that runs with its own small disk, which is removed when the program exits. */
export interface SmallDisk {
  /** The mount point: an empty directory. */
  readonly path: string;
  /** The size, in KiB. */
  readonly sizeKiB: number;
  /** Whether the disk is read-only. */
  readonly isReadOnly: boolean;
}

/** Whether a program can mount a private disk on this machine: Linux with user namespaces. */
export function canMount(): boolean {
  if (Deno.build.os !== "linux") return false;
  try {
    const args = ["-rm", "mount", "-t", "tmpfs", "none", "/mnt"];
    return new Deno.Command("unshare", { args }).outputSync().success;
  } catch {
    return false;
  }
}

/** Runs a program with a small disk. */
export async function runWithDisk(
  { path, sizeKiB, isReadOnly }: SmallDisk,
  command: readonly string[],
): Promise<{ code: number; stdout: string; stderr: string }> {
  const options = `size=${sizeKiB}k,${isReadOnly ? "ro" : "rw"}`;
  const { code, stdout, stderr } = await new Deno.Command("unshare", {
    args: [
      "-rm",
      "sh",
      "-c",
      'mount -t tmpfs -o "$1" none "$2" && shift 2 && exec "$@"',
      "sh",
      options,
      path,
      ...command,
    ],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return {
    code,
    stdout: decoder.decode(stdout),
    stderr: decoder.decode(stderr),
  };
}
