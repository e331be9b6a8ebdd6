import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { CachedEntryParser } from "../../src/cache/cached_entry_parser.ts";
import { parseEntry, parseEntryObject } from "../../src/cache/entry.ts";
import { EntryParser } from "../../src/cache/entry_parser.ts";
import { EntryWriter } from "../../src/cache/entry_writer.ts";
import { compactJson } from "../../src/compact_json.ts";
import { fullText } from "../../src/full_text.ts";
import { OPENROUTER_BASE_URL } from "../../src/openrouter_url.ts";
import { resolveOptions } from "../../src/options/resolve_options.ts";
import type { Prompt } from "../../src/prompt.ts";
import { buildRequest } from "../../src/request/build_request.ts";
import type { CacheKeyInput } from "../../src/request/cache_key_input.ts";
import { Response } from "../../src/response.ts";
import type { JsonObject } from "../../src/util/json_object.ts";
import fc, { PROPERTY_RUNS } from "../support/fast_check.ts";
import { mutatedJson, mutatedText } from "../support/mutated.ts";
import { responseData } from "../support/response_data.ts";

const SEED = 3;

interface Written {
  readonly request: CacheKeyInput;
  readonly sent: JsonObject;
  readonly response: Response;
  readonly rawJson: string;
}

function textOf({ request, sent, response, rawJson }: Written): string {
  return new EntryWriter(request, sent).write(
    response,
    compactJson(rawJson, response),
  );
}

function restored(text: string): JsonObject {
  const parsed = parseEntryObject(text);
  assert(parsed.type === "object");
  return parsed.object;
}

function requestOf(prompt: Prompt, options: JsonObject = {}) {
  return buildRequest(
    prompt,
    resolveOptions({ model: "qwen/qwen3-30b-a3b", ...options }),
    OPENROUTER_BASE_URL,
  );
}

function responseOf(content: string, reasoning: string | null) {
  const texts = { content, reasoning, completedReasoning: true };
  const data = responseData({ ...texts, full: fullText(texts), seed: SEED });
  const origin = { cached: false, attempts: 1, quantization: null };
  return new Response(data, origin);
}

const THOUGHT = "“Five times ten” is the same as ten times five, so 50. ";
const CONTENT = "The product of five and ten is\n\n\\boxed{50}.";

function answerOf(content: string, reasoning: string): JsonObject {
  const detail = { type: "reasoning.text", text: reasoning, index: 0 };
  const details = [detail];
  const message = { content, reasoning, reasoning_details: details };
  return { id: "gen-1", choices: [{ index: 0, message }] };
}

Deno.test("EntryWriter.write() stores each thought twice and each prompt once", () => {
  const prompt = `${THOUGHT.repeat(3)}\n<think>\n${THOUGHT}`;
  const request = requestOf(prompt);
  const rawJson = JSON.stringify(answerOf(CONTENT, THOUGHT.repeat(2)));
  const response = responseOf(CONTENT, THOUGHT.repeat(2));
  const text = textOf({ request, sent: request.body, response, rawJson });
  assertEquals(text.split(JSON.stringify(THOUGHT).slice(1, -1)).length - 1, 8);
  const { messages } = JSON.parse(text).request;
  assertEquals(messages, [
    { role: "user", content: { $ref: "#/prompt", slice: [0, 164] } },
    { role: "assistant", content: { $ref: "#/prompt", slice: [166, 229] } },
  ]);
  const { choices: [{ message }] } = JSON.parse(text).raw;
  assertEquals(message, {
    content: { $ref: "#/response/content" },
    reasoning: { $ref: "#/response/reasoning" },
    reasoning_details: [{
      type: "reasoning.text",
      text: { $ref: "#/response/reasoning" },
      index: 0,
    }],
  });
  const entry = restored(text);
  assertEquals(entry.request, { ...request.body, seed: SEED });
  assertEquals(entry.raw, JSON.parse(rawJson));
});

Deno.test("EntryWriter.write() stores log-probabilities and a list of messages once", () => {
  const prompt = [{ role: "user" as const, content: THOUGHT.repeat(2) }];
  const request = requestOf(prompt);
  const logprobs = { content: [{ token: "50", logprob: -0.25, bytes: [53] }] };
  const answer = { choices: [{ index: 0, logprobs, message: {} }] };
  const data = responseData({ logprobs, seed: SEED });
  const origin = { cached: false, attempts: 1, quantization: null };
  const response = new Response(data, origin);
  const rawJson = JSON.stringify(answer);
  const text = textOf({ request, sent: request.body, response, rawJson });
  assertEquals(text.split(THOUGHT).length - 1, 2);
  assertEquals(text.split('"logprob"').length - 1, 1);
  const entry = restored(text);
  assertEquals(entry.request, { ...request.body, seed: SEED });
  assertEquals(entry.raw, answer);
});

Deno.test("EntryWriter.write() stores a whole entry if something looks like a reference", () => {
  const request = requestOf("q");
  const response = responseOf(CONTENT, THOUGHT);
  for (const name of ['"$ref"', '"\\u0024ref"', '"$r\\u0065f"']) {
    const rawJson = `{"choices":[{${name}:"#/prompt"}],"text":${
      JSON.stringify(THOUGHT)
    }}`;
    const text = textOf({ request, sent: request.body, response, rawJson });
    assertEquals(JSON.parse(text).version, 1);
    assertEquals(restored(text).raw, JSON.parse(rawJson));
  }
  const part = { type: "text" as const, text: "a", $ref: "#/prompt" };
  const messages = [
    { role: "user" as const, content: [part] },
    { role: "user" as const, content: THOUGHT },
  ];
  const other = requestOf(messages);
  const sent = { ...other.body, messages: [...messages].reverse() };
  const text = textOf({ request: other, sent, response, rawJson: "{}" });
  assertEquals(JSON.parse(text).version, 1);
  assertEquals(restored(text).request, { ...sent, seed: SEED });
});

Deno.test("parseEntry() reports a reference without a target as corrupt", () => {
  const request = requestOf("q");
  const response = responseOf(CONTENT, null);
  const rawJson = JSON.stringify(answerOf(CONTENT, THOUGHT));
  const text = textOf({ request, sent: request.body, response, rawJson });
  assertEquals(parseEntry(text, request, SEED).type, "response");
  for (const target of ["#/response/x", "#/prompt/0", "", "#/response/post"]) {
    const changed = text.replace("#/response/content", target);
    assertNotEquals(changed, text);
    const reason = "a reference in it has no target";
    assertEquals(parseEntry(changed, request, SEED), {
      type: "corrupt",
      reason,
    });
  }
});

/** Texts of what could be taken for the end of a text, a member, or a reference. */
const textsWith = (others: readonly string[]) =>
  fc.array(
    fc.oneof(
      {
        weight: 9,
        arbitrary: fc.constantFrom(...'"\\:,{}[] \na“🙂</>', ...others),
      },
      {
        weight: 3,
        arbitrary: fc.constantFrom('"content":"', "<think>", "0x2a"),
      },
      { weight: 1, arbitrary: fc.constantFrom("$ref", "\\u0024ref") },
    ),
    { maxLength: 60 },
  ).map((parts) => parts.join(""));
const texts = textsWith(["\ud83d"]);
const prompts = textsWith([]);

const names = fc.constantFrom(
  ...[
    "content",
    "reasoning",
    "text",
    "message",
    'a"b',
    "Z",
    "$ref",
    "__proto__",
  ],
);

/** Between the texts of `[":",1,1,1,…,"b"]`, which look like the end of a name and a text. */
const ONES = Array(20).fill(1);
const BETWEEN_TEXTS = `,${ONES.join(",")},`;

const PARTS = {
  prompt: fc.oneof(
    prompts,
    fc.tuple(prompts, prompts).map(([question, thought]) =>
      `${question}\n<think>${thought}`
    ),
    fc.array(
      fc.record({ role: fc.constant("user" as const), content: prompts }),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
  ).filter((prompt) => prompt.length > 0),
  content: fc.oneof(
    { weight: 9, arbitrary: texts },
    { weight: 1, arbitrary: fc.constant(BETWEEN_TEXTS) },
  ),
  reasoning: fc.option(texts),
  isPinned: fc.boolean(),
  space: fc.constantFrom(0, 1, "\t"),
};

/** Entries whose answers repeat their texts, whole and in parts, at any place. */
const written: fc.Arbitrary<Written> = fc.record(PARTS).chain(
  ({ prompt, content, reasoning, isPinned, space }) => {
    const thought = reasoning ?? "";
    const leaf = fc.oneof(
      fc.constantFrom(content, thought, `${thought}</think>${content}`),
      fc.constantFrom(`"content":${JSON.stringify(content)}`, null, 1, ""),
      fc.constant([":", ...ONES, "b"]),
    );
    const tree = fc.letrec<{ node: unknown }>((tie) => ({
      node: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(
          fc.oneof(names, fc.constantFrom(content, thought)),
          tie("node"),
          { maxKeys: 4 },
        ),
      ),
    })).node;
    const request = requestOf(prompt, isPinned ? { pinProvider: true } : {});
    const sent: JsonObject = isPinned
      ? { ...request.body, provider: { only: ["x"] } }
      : request.body;
    const response = responseOf(content, reasoning);
    return tree.map((extra) => {
      const answer = { ...answerOf(content, thought), extra };
      return {
        request,
        sent,
        response,
        rawJson: JSON.stringify(answer, null, space),
      };
    });
  },
);

Deno.test("parseEntryObject() restores what EntryWriter.write() was given", () => {
  fc.assert(
    fc.property(written, (entry) => {
      const { request, sent, response, rawJson } = entry;
      const object = restored(textOf(entry));
      assertEquals(object.raw, JSON.parse(rawJson));
      assertEquals(object.request, { ...sent, seed: SEED });
      const isSame = request.route === null && sent === request.body;
      assertEquals(object.asked, isSame ? undefined : request.body);
      assertEquals(object.prompt, request.prompt);
      assertEquals(object.response, JSON.parse(JSON.stringify(response)));
      const parsed = new EntryParser(request).parse(textOf(entry), SEED);
      assert(parsed.type === "response");
      assertEquals(parsed.response.raw, object.raw);
    }),
  );
});

Deno.test("EntryParser.parse() returns the same as parseEntry() for any file", () => {
  const files = written.chain((entry) => {
    const text = textOf(entry);
    const changed = fc.oneof(
      fc.constant(text),
      mutatedText(text),
      mutatedJson(JSON.parse(text)).map((value) => JSON.stringify(value)),
    );
    return fc.record({
      entry: fc.constant(entry),
      text: fc.constant(text),
      changed,
    });
  });
  fc.assert(
    fc.property(files, ({ entry: { request }, text, changed }) => {
      const parser = new EntryParser(request);
      // The first one teaches it the body that was sent.
      parser.parse(text, SEED);
      assert(
        parser.parseKnown(text, SEED) !== null ||
          text.includes('"version": 1,'),
      );
      assertEquals(
        parser.parse(changed, SEED),
        parseEntry(changed, request, SEED),
      );
    }),
    { numRuns: PROPERTY_RUNS / 10 },
  );
});

Deno.test("CachedEntryParser.parse() returns the same whichever file came before", () => {
  fc.assert(
    fc.property(
      fc.array(written, { minLength: 2, maxLength: 4 }),
      (entries) => {
        const parser = new CachedEntryParser();
        for (const entry of [...entries, entries[0]!, entries[0]!]) {
          const bytes = new TextEncoder().encode(textOf(entry));
          assertEquals(
            parser.parse(bytes, SEED),
            new CachedEntryParser().parse(bytes, SEED),
          );
        }
      },
    ),
    { numRuns: PROPERTY_RUNS / 4 },
  );
});
