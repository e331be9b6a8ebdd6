// Polyfills for the tests, which use features that Node 20 lacks. features_test.ts checks that the package
// does not use them.
import "npm:core-js@3.50.0/actual/array/from-async.js";
import "npm:core-js@3.50.0/actual/array-buffer/transfer.js";
import "npm:core-js@3.50.0/actual/async-disposable-stack/index.js";
import "npm:core-js@3.50.0/actual/map/group-by.js";
import "npm:core-js@3.50.0/actual/promise/with-resolvers.js";
import "npm:core-js@3.50.0/actual/set/index.js";
import "npm:core-js@3.50.0/actual/typed-array/to-hex.js";
import { Deno as shim } from "npm:@deno/shim-deno@0.19.2";
import process from "node:process";
import { after, before, test } from "node:test";
import { NOT_ON_NODE } from "../not_on_node.ts";
import { Command } from "./command.ts";

interface Definition {
  readonly name?: string;
  readonly ignore?: boolean;
  readonly fn?: () => unknown;
}

/** Implements the overloads of `Deno.test()` that the tests use with Node's test runner. */
function define(
  first: string | Definition,
  second?: Definition | (() => unknown),
  third?: () => unknown,
): void {
  const given: Definition = {
    ...typeof first === "string" ? { name: first } : first,
    ...typeof second === "function" ? { fn: second } : second,
    ...third === undefined ? {} : { fn: third },
  };
  const { name = "", ignore = false, fn } = given;
  test(name, { skip: NOT_ON_NODE.tests[name] ?? ignore }, async () => {
    await fn?.();
  });
}

/**
 * The `Deno` global of the tests on Node: dnt's shim, and what it lacks. The package does not contain it.
 */
const denoOnNode = {
  ...shim,
  Command,
  execPath: () => process.execPath,
  test: Object.assign(define, { beforeAll: before, afterAll: after }),
};

export { denoOnNode as Deno };
