#!/usr/bin/env node
/**
 * The command `rollouts`, as npm installs it.
 *
 * @module
 */

import { main } from "../src/cli/main.ts";
import { programArguments, setExitCode } from "./runtime/program.ts";

setExitCode(await main(programArguments()));
