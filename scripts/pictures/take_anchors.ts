/**
 * Takes the pictures of a report in `docs/images`: resamples the chain of thought of the mock, and
 * opens the page in Chromium. Needs Debian's chromium.
 *
 * @module
 */

import { RolloutsClient } from "@rollouts/client";
import {
  anchorsHtml,
  buildAnchorsReport,
  cosineSimilarity,
} from "@rollouts/client/resampling";
import { MockOpenRouter, PLANTED_QUESTION } from "@rollouts/client/testing";
import { fromFileUrl } from "@std/path/from-file-url";
import { join } from "@std/path/join";
import type { Browser } from "npm:playwright-core@1.65.1";
import { openPage, startChromium } from "../../tests/support/chromium.ts";
import { savePicture } from "./save_picture.ts";

const SAMPLES = 100;
const images = fromFileUrl(new URL("../../docs/images", import.meta.url));

const file = await Deno.makeTempFile({ suffix: ".html" });
const { html, most } = await makeReport();
await Deno.writeTextFile(file, html);
const browser = await startChromium();
try {
  await takePictures(browser, `file://${file}`);
} finally {
  await browser.close();
  await Deno.remove(file);
}

/** The page, and its most important sentence. */
async function makeReport(): Promise<{ html: string; most: number }> {
  await using mock = await MockOpenRouter.start();
  await using client = new RolloutsClient({
    model: "mock/planted-anchors",
    baseUrl: mock.baseUrl,
    apiKey: "sk-pictures",
    maxTokens: 1000,
    useCache: false,
  });
  const { responses: [response] } = await client.generate(PLANTED_QUESTION);
  const [, truth] = /\{(\d)\}/.exec(response!.content)!;
  const report = await buildAnchorsReport(
    response!,
    client.resampleAll(response!, { nSamples: SAMPLES }),
    {
      answer: "boxed",
      nSamples: SAMPLES,
      // The right answer.
      truth,
      similarities: async (sentence, replacements) => {
        const [own, ...others] = await client.embed(
          [sentence, ...replacements],
          { model: "openai/text-embedding-3-small" },
        );
        return others.map((other) => cosineSimilarity(own!, other));
      },
    },
  );
  const { index } = report.sentences.find(({ resampling }) =>
    resampling?.rank === 1
  )!;
  return { html: await anchorsHtml(report), most: index };
}

async function takePictures(browser: Browser, address: string): Promise<void> {
  await using light = await openPage(browser, address);
  await savePicture(
    picture("light"),
    await light.page.screenshot({ fullPage: true }),
  );
  await using dark = await openPage(browser, `${address}#s${most}`, {
    width: 1280,
    colorScheme: "dark",
  });
  await dark.page.setViewportSize({ width: 1280, height: 900 });
  await dark.page.locator(".samples li").first().waitFor();
  await savePicture(picture("dark"), await dark.page.screenshot());
}

function picture(name: string): string {
  return join(images, `anchors_${name}.png`);
}
