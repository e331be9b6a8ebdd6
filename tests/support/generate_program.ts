import { join } from "@std/path/join";
import type { ClientOptions } from "../../mod.ts";
import { ROOT } from "./run_script.ts";
import type { TempDir } from "./temp_dir.ts";

/** What the program of {@link writeGenerateProgram} prints. */
export interface GenerateProgramOutput {
  /** The number of samples. */
  readonly length: number;
  /** How many of them were cached. */
  readonly cached: number;
  /** The time of its last line, in milliseconds since 1970. */
  readonly endMs: number;
}

/** Writes a program that calls `generate()` and nothing else, and prints what it has got. */
export async function writeGenerateProgram(
  dir: TempDir,
  client: Partial<ClientOptions>,
  nSamples: number,
): Promise<string> {
  const file = join(dir.path, "program.ts");
  await Deno.writeTextFile(
    file,
    `import { RolloutsClient } from "${ROOT}mod.ts";
const client = new RolloutsClient(${JSON.stringify(withKeyFor(client))});
const { length, responses } = await client.generate("${GENERATE_PROMPT}", { nSamples: ${nSamples} });
const cached = responses.filter(({ cached }) => cached).length;
console.log(JSON.stringify({ length, cached, endMs: Date.now() }));
`,
  );
  return file;
}

/** The environment's key may be sent to the program's base URL. */
function withKeyFor(client: Partial<ClientOptions>): Partial<ClientOptions> {
  const { baseUrl } = client;
  return baseUrl === undefined
    ? client
    : { sendKeyTo: new URL(baseUrl).host, ...client };
}

/** The prompt of that program. */
export const GENERATE_PROMPT = "What is 5*10?";

/** What a program printed. */
export function generateProgramOutput(stdout: string): GenerateProgramOutput {
  return JSON.parse(stdout);
}
