import { OLDEST_NODE } from "../../scripts/npm/bundle.ts";

/** npm's name for this machine's system and processor. */
const MACHINE = `${
  { windows: "win", darwin: "darwin" }[Deno.build.os as string] ?? Deno.build.os
}-${Deno.build.arch === "aarch64" ? "arm64" : "x64"}`;

/** The name of the oldest release that the package is for. */
export const OLDEST = "node-oldest";

/** The name of the newest release that npm has. */
export const NEWEST = "node-newest";

/**
 * The releases of Node that the package is tried on, the oldest that it is for and the newest that npm has:
 * the names that their packages get, and the versions.
 */
export const NODES: Readonly<Record<string, string>> = {
  [OLDEST]: `npm:node-${MACHINE}@${OLDEST_NODE}`,
  [NEWEST]: `npm:node-${MACHINE}@latest`,
};

/** The program of one of them, in the project that has it. */
export function nodeProgram(name: string): string {
  const file = Deno.build.os === "windows" ? "bin/node.exe" : "bin/node";
  return `node_modules/${name}/${file}`;
}
