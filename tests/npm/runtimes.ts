import { OLDEST_NODE } from "../../scripts/npm/bundle.ts";

/** npm's name of this operating system and processor. */
const MACHINE = `${
  { windows: "win", darwin: "darwin" }[Deno.build.os as string] ?? Deno.build.os
}-${Deno.build.arch === "aarch64" ? "arm64" : "x64"}`;

/** The oldest release of Node that the package supports, as a name of an installed package. */
export const OLDEST = "node-oldest";

/** The newest release of Node on npm, as a name of an installed package. */
export const NEWEST = "node-newest";

/**
 * The releases of Node that the tests run on: package versions by name. npm installs Node itself as a
 * package.
 */
export const NODES: Readonly<Record<string, string>> = {
  [OLDEST]: `npm:node-${MACHINE}@${OLDEST_NODE}`,
  [NEWEST]: `npm:node-${MACHINE}@latest`,
};

/** Returns the path of a release's `node` in a project. */
export function nodeProgram(name: string): string {
  const file = Deno.build.os === "windows" ? "bin/node.exe" : "bin/node";
  return `node_modules/${name}/${file}`;
}
