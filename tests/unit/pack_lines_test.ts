import { assertEquals, assertThrows } from "@std/assert";
import { encodePackLines, PackLines } from "../../src/cache/pack_lines.ts";
import { packName, readPackName } from "../../src/cache/pack_name.ts";
import { compression } from "../../src/platform/deno/compression.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** Files with line ends, and with what cannot be in a line. */
const FILES = new Map([
  ["seed_00000.json", encode('{\n  "seed": 0,\n  "a": "×"\n}\n')],
  ["seed_00001-0123456789abcdef.json", encode("\ufeff{\t}")],
]);

/** Their packs, as the first release writes them. */
const PACKS = {
  zst:
    "KLUv/QBY/QQA4okjKZClzQH//2Bd313xnVBSUEUkArikjVW1NLvj/H8VeWvf3nZpXyxz1yG7R32dCXpgkHD+HOj5tNMsHIJZDoohaWwRlmp6AcIV312ptFbxlUqUTxDn668/KBuF3d1VON3y/I7cOz1qwigLa8sqjN+SJjZfjb8Y/0GGjC3wddkQQOQkImcAhCAYz58uivA5DQQAqiACItDbQYmtJKYe",
  gz:
    "H4sIAAAAAAAAA22OQQrCMBRE1+0pwqxTSVJra84iSGx/QWkbSaIoIefwMC5ceCCvIBW6c3YzDx4T0Vs3mgANZ4fBXoIvvBnPA3lwXMn5o52gJceyasXRurZU0LIStZJ11ZQpj5jMSNDwRN1ezFmdvJ3AQVNwd+iYMfaj0EzwuRhohvcDWcr+CWQhpCrX1aZutubQdtQvxkC3+fHn+Yq7kJDyL0OApo3HAAAA",
};

Deno.test("every runtime reads packs in both formats", () => {
  for (const format of ["zst", "gz"] as const) {
    const bytes = Uint8Array.from(atob(PACKS[format]), (c) => c.charCodeAt(0));
    const lines = new PackLines(compression.decompress(bytes, format));
    assertEquals(
      new Map(Array.from(lines.files(), ([name, b]) => [name, [...b]])),
      new Map(Array.from(FILES, ([name, b]) => [name, [...b]])),
    );
    assertEquals(lines.read("seed_00002.json"), null);
  }
});

Deno.test("encodePackLines() writes JSON lines that name the files", () => {
  const text = new TextDecoder().decode(encodePackLines(FILES));
  const [head, ...lines] = text.trimEnd().split("\n")
    .map((line) => JSON.parse(line));
  assertEquals(
    [head.format, head.version, head.samples],
    ["rollouts-samples", 1, 2],
  );
  assertEquals(lines, [
    { name: "seed_00000.json", entry: { seed: 0, a: "×" } },
    { name: "seed_00001-0123456789abcdef.json", text: "\ufeff{\t}" },
  ]);
});

Deno.test("PackLines restores line ends at any distance", () => {
  for (const length of [0, 1, 62, 63, 64, 65, 66, 127, 128, 129, 500]) {
    const line = "a".repeat(length);
    const text = `{\n\n${line}\n${line}\n${line}}`;
    for (const whole of [text, `${text}\n`]) {
      const files = new Map([["seed_00000.json", encode(whole)]]);
      const bytes = new PackLines(encodePackLines(files)).read(
        "seed_00000.json",
      );
      assertEquals(new TextDecoder().decode(bytes!), whole);
    }
  }
});

Deno.test("PackLines rejects lines that are incomplete, changed, or of a newer release", () => {
  const bytes = encodePackLines(FILES);
  const changed = bytes.slice();
  changed[changed.length - 10]! ^= 1;
  const text = new TextDecoder().decode(bytes);
  const cases: readonly [Uint8Array, string][] = [
    [bytes.slice(0, -1), "its checksum differs"],
    [changed, "its checksum differs"],
    [encode(text.replace('"samples":2', '"samples":3')), "2 samples, not 3"],
    [encode(text.replace('"version":1', '"version":2')), "newer release"],
    [encode("{}\n"), "not a pack"],
    [new Uint8Array(), "not a pack"],
  ];
  for (const [damaged, message] of cases) {
    assertThrows(() => new PackLines(damaged), Error, message);
  }
});

Deno.test("packName() names the pack of 1,000 seeds, and readPackName() reads only such names", () => {
  assertEquals(packName(999, "zst"), "samples_00000-00999.jsonl.zst");
  assertEquals(packName(123_456, "gz"), "samples_123000-123999.jsonl.gz");
  assertEquals(readPackName("samples_01000-01999.jsonl.gz"), {
    firstSeed: 1000,
    format: "gz",
  });
  for (
    const name of [
      "samples.jsonl.zst",
      "samples_00001-01000.jsonl.zst",
      "samples_00000-00999.jsonl.br",
      "samples_00000-00999.jsonl",
    ]
  ) assertEquals(readPackName(name), null);
});
