import { walkSync } from "@std/fs/walk";
import { relative } from "@std/path/relative";
import { parseTarGzip } from "npm:nanotar@0.3.0";

/** One version of a package, as a JSR registry stores it. */
export interface JsrVersion {
  /** The name, with the scope: `@std/path`. */
  readonly name: string;
  /** The version number. */
  readonly version: string;
  /** Entry points and their files. */
  readonly exports: Readonly<Record<string, string>>;
  /** Every file, by its path from the package's root, such as `/mod.ts`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Reads the version that `deno publish` sends: a gzipped tar, and the path of its `deno.json`. */
export async function versionFromTar(
  tar: Uint8Array,
  configPath: string,
): Promise<JsrVersion> {
  const entries = await parseTarGzip(tar);
  return versionOf(
    new Map(entries.map(({ name, data }) => [`/${name}`, data!])),
    configPath,
  );
}

/** Reads the version in a directory with a `deno.json`. */
export function versionFromDirectory(root: string): JsrVersion {
  const entries = [...walkSync(root, { includeDirs: false })];
  return versionOf(
    new Map(entries.map(({ path }) => [
      `/${relative(root, path).replaceAll("\\", "/")}`,
      Deno.readFileSync(path),
    ])),
    "/deno.json",
  );
}

/** Returns the metadata that consumers read first: entry points, files, and their digests. */
export async function versionMeta({ exports, files }: JsrVersion): Promise<{
  exports: Readonly<Record<string, string>>;
  manifest: Record<string, { size: number; checksum: string }>;
}> {
  const entries = [...files].map(async ([path, bytes]) => {
    const checksum = `sha256-${await sha256(bytes)}`;
    return [path, { size: bytes.length, checksum }] as const;
  });
  return { exports, manifest: Object.fromEntries(await Promise.all(entries)) };
}

function versionOf(
  files: ReadonlyMap<string, Uint8Array>,
  configPath: string,
): JsrVersion {
  const config = files.get(configPath);
  if (config === undefined) throw new Error(`${configPath} is missing`);
  const { name, version, exports } = JSON.parse(
    new TextDecoder().decode(config),
  );
  return { name, version, exports, files };
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(bytes));
  return new Uint8Array(digest).toHex();
}
