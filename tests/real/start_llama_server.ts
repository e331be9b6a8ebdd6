import { join } from "@std/path/join";
import { installPackages } from "../support/install_packages.ts";
import { ROOT } from "../support/run_script.ts";

/** llama.cpp as packages of npm. They are 83 MB. */
const PACKAGES = {
  "node-llama-cpp": "3.21.1",
  "@node-llama-cpp/linux-x64": "3.21.1",
};

/** Whether the packages have llama.cpp for this computer. */
export const HAS_LLAMA_CPP = Deno.build.target === "x86_64-unknown-linux-gnu";

/** A running server: see `llama_server.mjs`. */
export interface LlamaServer extends AsyncDisposable {
  readonly baseUrl: string;
}

/** Starts a server of the tiny model over llama.cpp. The first start downloads llama.cpp. */
export async function startLlamaServer(): Promise<LlamaServer> {
  const packages = await installPackages({
    folder: "rollouts-real",
    versions: PACKAGES,
    // Other platforms and GPUs are optional; scripts would build from source.
    flags: ["--omit=optional", "--ignore-scripts"],
  });
  if (packages === null) throw new Error("npm is not installed");
  const child = new Deno.Command("node", {
    args: [
      join(ROOT, "tests/real/llama_server.mjs"),
      packages,
      join(ROOT, "tests/testdata/tiny_model/tiny_sums.gguf"),
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value: port } = await output.read();
  if (port === undefined) throw new Error("the server over llama.cpp ended");
  return {
    baseUrl: `http://127.0.0.1:${port.trim()}/v1`,
    [Symbol.asyncDispose]: async () => {
      await child.stdin.close();
      await output.cancel();
      await child.status;
    },
  };
}
