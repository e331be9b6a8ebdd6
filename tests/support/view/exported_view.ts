import type { ViewSource } from "../../../src/viewer/view_data.ts";
import { VIEWER_PAGE } from "../../../src/viewer/viewer_page.ts";

/** A view as one file: its page with all that it shows in blocks of data. */
export async function exportedView(source: ViewSource): Promise<string> {
  const { frame, style, script } = VIEWER_PAGE;
  const changes = await source.sets(0);
  const sets = await Promise.all(
    changes.changed.map(async ({ id }) => {
      const samples = await source.samples(id);
      const texts = await Promise.all(
        samples.samples.map(async ({ name }) =>
          [name, await source.sample(id, name)] as const
        ),
      );
      const answers = { boxed: await source.answers(id, "boxed") };
      return block(`set-${id}`, {
        samples,
        texts: Object.fromEntries(texts),
        answers,
      });
    }),
  );
  const slots: Readonly<Record<string, string>> = {
    policy: `<meta http-equiv="Content-Security-Policy" content="${
      [
        "default-src 'none'",
        `style-src '${await hash(style)}'`,
        `script-src '${await hash(script)}'`,
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ].join("; ")
    }">`,
    style: `<style>${style}</style>`,
    data: block("view", { changes: { ...changes, answerRules: ["boxed"] } }),
    script: `<script>${script}</script>`,
    sets: sets.join("\n"),
  };
  return frame.replace(/<!-- (\w+) -->/g, (_, name) => slots[name]!);
}

/** Data that no text in it can end: without `<` there is neither a tag nor a comment. */
function block(id: string, value: unknown): string {
  const json = JSON.stringify(value).replaceAll("<", "\\u003c");
  return `<script type="application/json" id="${id}">${json}</script>`;
}

async function hash(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
