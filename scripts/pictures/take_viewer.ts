/**
 * Takes the pictures of the viewer in `docs/images`, with invented samples. Needs Debian's chromium.
 *
 * @module
 */

import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { openPage, startChromium } from "../../tests/support/chromium.ts";
import { exampleView } from "../../tests/support/view/example_view.ts";
import { MemoryView } from "../../tests/support/view/memory_view.ts";
import { serveView } from "../../tests/support/view/serve_view.ts";
import { savePicture } from "./save_picture.ts";

const WIDTH = 1280;

interface Picture {
  readonly name: string;
  readonly hash: string;
  /** A selector that matches when the page is complete. */
  readonly seen: string;
  readonly height?: number;
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  /** Whether the picture shows what is printed. */
  readonly isPrint?: boolean;
}

const images = fromFileUrl(new URL("../../docs/images", import.meta.url));
const view = new MemoryView(exampleView(), "/data/remainders/.rollouts");
const begun = view.all().find(({ prefill }) => prefill !== null)!;
const plain = view.all().find(({ id }) => `${id}-t` === begun.id)!;
const [, one, , two] = plain.samples.map(({ head }) => head.name);

/** The sets of three models. */
const compared = view.all().slice(0, 3).map(({ id }) => id).join("/");

/** A thought with formulas and code. */
const worked = view.all().flatMap((set) =>
  set.samples.filter(({ texts: { reasoning } }) =>
    reasoning?.includes("equiv") && reasoning.includes("```")
  ).map(({ head }) => `#/set/${set.id}/${head.name}`)
)[0]!;

const PICTURES: readonly Picture[] = [
  {
    name: "sets",
    hash: "#/?sort=-cost",
    seen: ".set-table tbody .finish",
    height: 1100,
  },
  {
    name: "search",
    hash: "#/?q=%22double+letter%22&plots=hidden",
    seen: ".hits mark",
  },
  {
    name: "set",
    hash: `#/set/${begun.id}`,
    seen: ".card .reasoning",
    height: 1500,
  },
  {
    name: "differences",
    hash: `#/set/${plain.id}?diff=${one}+${two}`,
    seen: ".text del",
    height: 900,
  },
  {
    name: "compare",
    hash: `#/compare/${plain.id}/${begun.id}`,
    seen: ".answer-pairs",
    height: 1500,
  },
  {
    name: "table",
    hash: `#/set/${plain.id}?view=table&plots=hidden&sort=-tokens`,
    seen: ".sample-table a",
  },
  {
    name: "measures",
    hash: `#/compare/${compared}`,
    seen: ".measure-table + .note",
    height: 950,
  },
  {
    name: "sample_dark",
    hash: `${worked}?q=check`,
    seen: ".hljs-keyword",
    colorScheme: "dark",
    height: 1000,
  },
  { name: "sample_phone", hash: worked, seen: "math", width: 390, height: 844 },
  {
    name: "sample_print",
    hash: worked,
    seen: "math",
    isPrint: true,
    width: 800,
    height: 1100,
  },
];

await using server = await serveView(view);
const browser = await startChromium();
try {
  for (const picture of PICTURES) await take(picture);
} finally {
  await browser.close();
}

async function take(
  {
    name,
    hash,
    seen,
    width = WIDTH,
    height = 800,
    colorScheme = "light",
    isPrint = false,
  }: Picture,
): Promise<void> {
  await using opened = await openPage(browser, server.url + hash, {
    width,
    colorScheme,
  });
  const { page, faults } = opened;
  await page.setViewportSize({ width, height });
  if (isPrint) await page.emulateMedia({ media: "print" });
  await page.locator(seen).first().waitFor();
  // Every text that is in the window has come.
  await page.locator(".loading").first().waitFor({ state: "detached" });
  await savePicture(
    join(images, `viewer_${name}.png`),
    await page.screenshot(),
  );
  if (faults.length > 0) throw new Error(`${name}: ${faults.join("\n")}`);
}
