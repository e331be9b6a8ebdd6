import { main } from "../../../src/cli/main.ts";
import { measure } from "./measure.mjs";

/** A command line without `rollouts`. */
export type CommandTask = readonly string[];

/** Runs a command in this process. What it prints is discarded. */
await measure((args: CommandTask) =>
  Promise.resolve(async () => {
    const code = await main(args, {
      print: () => {},
      log: () => {},
      write: () => Promise.resolve(),
    });
    if (code !== 0) throw new Error(`${args[0]} exited with ${code}`);
  })
);
