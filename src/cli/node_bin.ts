#!/usr/bin/env node
/**
 * The command `rollouts`, as npm installs it.
 *
 * @module
 */

import { stdio } from "../platform/deno/stdio.ts";
import { system } from "../platform/deno/system.ts";
import { main } from "./main.ts";

stdio.ignoreBrokenPipe();
system.setExitCode(await main(system.args()));
