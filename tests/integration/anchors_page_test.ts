import { assert, assertEquals } from "@std/assert";
import { join } from "@std/path/join";
import page from "../../src/resampling/report/anchors_page.html" with {
  type: "text",
};
import { pageParts } from "../support/page_parts.ts";
import {
  CHECKOUT_FLAGS,
  finished,
  ROOT,
  startScript,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

Deno.test("anchors_page.html has a script and a style that cannot end their elements", () => {
  const { script, style, frame } = pageParts(page);
  assert(!/<\/script|<script|<!--/i.test(script));
  assert(!/<\//.test(style));
  const slots = [...frame.matchAll(/<!-- (\w+) -->/g)].map(([, name]) => name);
  assertEquals(slots.sort(), [
    "accuracy",
    "answers",
    "counterfactual",
    "data",
    "resampling",
    "samples",
  ]);
});

Deno.test("anchorsHtml() needs no permission, and loads no library before it is called", async () => {
  await using dir = new TempDir();
  const file = join(dir.path, "script.ts");
  await Deno.writeTextFile(
    file,
    `import { anchorsHtml } from "${ROOT}src/resampling/report/anchors_html.ts";
import { exampleAnchorsReport } from "${ROOT}tests/support/example_anchors_report.ts";
const html = await anchorsHtml(exampleAnchorsReport({ samples: 10 }));
console.log(html.slice(0, 15), html.match(/<svg/g)?.length);`,
  );
  const { stdout, stderr } = await finished(
    startScript(file, { permissions: [] }),
  );
  // Each of four plots for wide and for narrow windows.
  assertEquals([stdout, stderr], ["<!DOCTYPE html> 8\n", ""]);
  const { stdout: info } = await new Deno.Command(Deno.execPath(), {
    args: [
      "info",
      "--json",
      ...CHECKOUT_FLAGS,
      "src/resampling/report/anchors_html.ts",
    ],
    cwd: ROOT,
  }).output();
  const { modules } = JSON.parse(new TextDecoder().decode(info));
  const loaded = modules.flatMap((
    { dependencies = [] }: {
      dependencies?: {
        specifier: string;
        isDynamic?: boolean;
        code?: unknown;
      }[];
    },
  ) => dependencies)
    .filter(({ specifier, isDynamic, code }: {
      specifier: string;
      isDynamic?: boolean;
      code?: unknown;
    }) => !specifier.startsWith(".") && code !== undefined && !isDynamic);
  assertEquals(loaded, []);
});
