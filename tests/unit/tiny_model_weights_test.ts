import { assert, assertEquals, assertThrows } from "@std/assert";
import { join } from "@std/path/join";
import file from "../../src/testing/tiny_model/tiny_sums.json" with {
  type: "json",
};
import { decodeFloats } from "../../src/testing/tiny_model/decode_floats.ts";
import { decodeLlamaWeights } from "../../src/testing/tiny_model/llama_weights.ts";
import { ROOT } from "../support/run_script.ts";

Deno.test("tiny_sums.json has the tensors of tiny_sums.gguf", () => {
  const path = join(ROOT, "tests/testdata/tiny_model/tiny_sums.gguf");
  const gguf = new TextDecoder("latin1").decode(Deno.readFileSync(path));
  for (const [name, { data }] of Object.entries(file.tensors)) {
    assert(gguf.includes(name), name);
    const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
    assert(gguf.includes(new TextDecoder("latin1").decode(bytes)), name);
  }
});

Deno.test("decodeLlamaWeights() decodes 253,152 parameters", () => {
  const { blocks, embedding, output, outputNorm } = decodeLlamaWeights(file);
  const tensors = [
    embedding,
    output,
    outputNorm,
    ...blocks.flatMap((block) => Object.values(block)),
  ];
  const count = tensors.reduce((sum, { length }) => sum + length, 0);
  assertEquals([blocks.length, count], [2, 253_152]);
});

Deno.test("decodeLlamaWeights() throws when a tensor is missing", () => {
  assertThrows(
    () => decodeLlamaWeights({ ...file, tensors: {} }),
    RangeError,
    'no tensor "token_embd"',
  );
});

Deno.test("decodeFloats() decodes 16-bit floats, subnormal and infinite ones too", () => {
  const bits = [0x3c00, 0xc000, 0x3555, 0x0001, 0x8000, 0x7bff, 0xfc00, 0x7e00];
  const bytes = new Uint8Array(Uint16Array.from(bits).buffer);
  const data = btoa(String.fromCharCode(...bytes));
  assertEquals(
    [...decodeFloats({ format: "F16", data })],
    [1, -2, 0.333251953125, 2 ** -24, -0, 65504, -Infinity, NaN],
  );
});

Deno.test("decodeFloats() decodes 32-bit floats and rejects other formats", () => {
  const bytes = new Uint8Array(Float32Array.of(1.5, -0.1).buffer);
  const data = btoa(String.fromCharCode(...bytes));
  assertEquals(
    [...decodeFloats({ format: "F32", data })],
    [1.5, Math.fround(-0.1)],
  );
  assertThrows(
    () => decodeFloats({ format: "Q8_0", data }),
    RangeError,
    'unknown format "Q8_0"',
  );
});
