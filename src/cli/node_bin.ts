#!/usr/bin/env node
/**
 * The command `rollouts` of the npm package. The JSR package excludes it and uses `main.ts` instead.
 *
 * @module
 */

import { main } from "./main.ts";
import { runProcess } from "./run_process.ts";

await runProcess(main);
