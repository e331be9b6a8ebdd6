import { assertEquals, assertStrictEquals } from "@std/assert";
import { lightSignal } from "../../src/util/light_signal.ts";

Deno.test("lightSignal() is aborted with the platform's signal and its reason", () => {
  const controller = new AbortController();
  const light = lightSignal(controller.signal);
  const reasons: unknown[] = [];
  light.addEventListener("abort", () => reasons.push(light.reason), {
    once: true,
  });
  assertEquals(light.aborted, false);
  controller.abort("enough");
  assertEquals([light.aborted, reasons], [true, ["enough"]]);
  assertEquals(lightSignal(AbortSignal.abort("before")).reason, "before");
});

Deno.test("lightSignal() adds one listener to a signal, however often it is called", () => {
  const { signal } = new AbortController();
  let listeners = 0;
  const add = signal.addEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners++;
    add(...args);
  };
  const first = lightSignal(signal);
  for (let i = 0; i < 100; i++) assertStrictEquals(lightSignal(signal), first);
  assertEquals(listeners, 1);
});
