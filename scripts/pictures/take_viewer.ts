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
}

const images = fromFileUrl(new URL("../../docs/images", import.meta.url));
const view = new MemoryView(exampleView(), "/data/remainders/.rollouts");
const begun = view.all().find(({ prefill }) => prefill !== null)!;
const plain = view.all().find(({ id }) => `${id}-t` === begun.id)!;
const [, one, , two] = plain.samples.map(({ head }) => head.name);

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
    seen: "del",
    height: 900,
  },
  {
    name: "compare",
    hash: `#/compare/${plain.id}/${begun.id}`,
    seen: ".card .reasoning",
    height: 1500,
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
  { name, hash, seen, height = 800 }: Picture,
): Promise<void> {
  await using opened = await openPage(browser, server.url + hash, {
    width: WIDTH,
    colorScheme: "light",
  });
  const { page, faults } = opened;
  await page.setViewportSize({ width: WIDTH, height });
  await page.locator(seen).first().waitFor();
  // Every text that is in the window has come.
  await page.waitForFunction("document.querySelector('.loading') === null");
  await savePicture(
    join(images, `viewer_${name}.png`),
    await page.screenshot(),
  );
  if (faults.length > 0) throw new Error(`${name}: ${faults.join("\n")}`);
}
