/**
 * Takes the pictures of the viewer that stand in `docs/images`, of invented samples. Needs Debian's chromium.
 *
 * @module
 */

import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import { openPage, startChromium } from "../../tests/support/chromium.ts";
import { exampleView } from "../../tests/support/view/example_view.ts";
import { MemoryView } from "../../tests/support/view/memory_view.ts";
import { serveView } from "../../tests/support/view/serve_view.ts";

interface Picture {
  readonly name: string;
  readonly hash: string;
  /** What is there when the page is. */
  readonly seen: string;
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
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
  {
    name: "dark",
    hash: `#/set/${begun.id}?plots=hidden&columns=4`,
    seen: ".card .reasoning",
    height: 1000,
    dark: true,
  },
  {
    name: "narrow",
    hash: "#/?plots=hidden&sort=-cost",
    seen: ".set-table tbody .finish",
    width: 380,
    height: 820,
    dark: true,
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
  { name, hash, seen, width = 1280, height = 800, dark = false }: Picture,
): Promise<void> {
  await using opened = await openPage(browser, server.url + hash, {
    width,
    colorScheme: dark ? "dark" : "light",
  });
  const { page, faults } = opened;
  await page.setViewportSize({ width, height });
  await page.locator(seen).first().waitFor();
  // Every text that is in the window has come.
  await page.waitForFunction("document.querySelector('.loading') === null");
  await page.screenshot({ path: join(images, `viewer_${name}.png`) });
  if (faults.length > 0) throw new Error(`${name}: ${faults.join("\n")}`);
}
