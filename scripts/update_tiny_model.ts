/**
 * Writes `src/testing/tiny_model/tiny_sums.json`, the weights of the mock server's language model,
 * from `tests/testdata/tiny_model/tiny_sums.gguf`.
 *
 * With `--check` it writes nothing and fails if the file is out of date.
 *
 * @module
 */

import { fromFileUrl } from "@std/path/from-file-url";
import { GGMLQuantizationType, gguf } from "npm:@huggingface/gguf@0.4.6";
import { updateFile } from "./update_file.ts";

const MODEL = pathOf("../tests/testdata/tiny_model/tiny_sums.gguf");
const TARGET = pathOf("../src/testing/tiny_model/tiny_sums.json");

/** The bytes of a number in each of the formats that the model uses. */
const BYTES: Readonly<Record<string, number>> = { F16: 2, F32: 4 };

const { metadata, tensorInfos, tensorDataOffset } = await gguf(MODEL, {
  allowLocalFile: true,
});
const fields = new Map<string, unknown>(Object.entries(metadata));
const file = await Deno.readFile(MODEL);
const content = {
  note: "Written by scripts/update_tiny_model.ts: not to be edited by hand.",
  config: {
    contextLength: fields.get("llama.context_length"),
    embeddingLength: fields.get("llama.embedding_length"),
    feedForwardLength: fields.get("llama.feed_forward_length"),
    blockCount: fields.get("llama.block_count"),
    headCount: fields.get("llama.attention.head_count"),
    vocabularySize: fields.get("llama.vocab_size"),
    rmsEpsilon: fields.get("llama.attention.layer_norm_rms_epsilon"),
    ropeBase: fields.get("llama.rope.freq_base"),
  },
  tensors: Object.fromEntries(
    tensorInfos.map(({ name, shape, dtype, offset }) => {
      const format = GGMLQuantizationType[dtype];
      const bytes = BYTES[format];
      if (bytes === undefined) throw new TypeError(`${name} is ${format}`);
      const length = shape.reduce((product, size) => product * Number(size), 1);
      const start = Number(tensorDataOffset + offset);
      const data = file.subarray(start, start + length * bytes).toBase64();
      return [name, { format, data }];
    }),
  ),
};
await updateFile(
  TARGET,
  `${JSON.stringify(content, null, 1)}\n`,
  "run scripts/update_tiny_model.ts",
);

function pathOf(relative: string): string {
  return fromFileUrl(new URL(relative, import.meta.url));
}
