import { join } from "@std/path/join";
import type { ClientOptions } from "../../mod.ts";
import { ROOT } from "./run_script.ts";
import type { TempDir } from "./temp_dir.ts";

/** The output of the program of {@link writeGenerateProgram}. */
export interface GenerateProgramOutput {
  /** The number of samples. */
  readonly length: number;
  /** How many of them were cached. */
  readonly cached: number;
  /** The time of its last line, in milliseconds since 1970. */
  readonly endMs: number;
}

/** Writes a program that only calls `generate()`, and prints the result. */
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

/** Allows sending the environment's key to the program's base URL. */
function withKeyFor(client: Partial<ClientOptions>): Partial<ClientOptions> {
  const { baseUrl } = client;
  return baseUrl === undefined
    ? client
    : { sendKeyTo: new URL(baseUrl).host, ...client };
}

/** The prompt of that program. */
export const GENERATE_PROMPT = "What is 5*10?";

/** The output of a program. */
export function generateProgramOutput(stdout: string): GenerateProgramOutput {
  return JSON.parse(stdout);
}
