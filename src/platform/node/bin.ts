#!/usr/bin/env node
/**
 * The command `rollouts`, as npm installs it.
 *
 * @module
 */

import { main } from "../../cli/main.ts";
import {
  programArguments,
  setExitCode,
  tolerateClosedOutput,
} from "./program.ts";

tolerateClosedOutput();
setExitCode(await main(programArguments()));
