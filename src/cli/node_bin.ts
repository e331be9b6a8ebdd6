#!/usr/bin/env node
/**
 * The command `rollouts` of the npm package. The JSR package excludes it and uses `main.ts` instead.
 *
 * @module
 */

import { stdio } from "../platform/deno/stdio.ts";
import { system } from "../platform/deno/system.ts";
import { main } from "./main.ts";

stdio.ignoreBrokenPipe();
system.setExitCode(await main(system.args()));
