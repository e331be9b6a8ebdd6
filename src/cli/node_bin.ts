#!/usr/bin/env node
/**
 * The command `rollouts` of the npm package. The JSR package leaves it out: there, `main.ts` is the command.
 *
 * @module
 */

import { stdio } from "../platform/deno/stdio.ts";
import { system } from "../platform/deno/system.ts";
import { main } from "./main.ts";

stdio.ignoreBrokenPipe();
system.setExitCode(await main(system.args()));
