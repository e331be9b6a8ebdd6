#!/usr/bin/env node
/**
 * The command `rollouts`, as npm installs it.
 *
 * @module
 */

import { main } from "../src/cli/main.ts";
import {
  programArguments,
  setExitCode,
  tolerateClosedOutput,
} from "./runtime/program.ts";

tolerateClosedOutput();
setExitCode(await main(programArguments()));
