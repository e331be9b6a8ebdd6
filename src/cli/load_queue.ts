import { QUEUE_PACKAGES } from "./queue_packages.ts";

/**
 * Loads the queue's code, once a command needs it: help works without its packages.
 *
 * @throws {Error} If a package is not installed.
 */
export async function loadQueue(): Promise<
  typeof import("../queue/mod.ts")
> {
  try {
    return await import("../queue/mod.ts");
  } catch (error) {
    const { code, message } = Object(error);
    const isMissing = code === "ERR_MODULE_NOT_FOUND" &&
      QUEUE_PACKAGES.some((name) => String(message).includes(`'${name}'`));
    if (!isMissing) throw error;
    throw new Error(
      `--queue needs packages that are not installed: run npm install ${
        QUEUE_PACKAGES.join(" ")
      } (${message})`,
    );
  }
}
