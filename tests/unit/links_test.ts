import { assert, assertEquals } from "@std/assert";
import { walkSync } from "@std/fs/walk";
import { dirname } from "@std/path/dirname";
import { join } from "@std/path/join";
import { relative } from "@std/path/relative";
import { documentLinks } from "../support/document.ts";
import { ROOT } from "../support/run_script.ts";

const { publish } = JSON.parse(Deno.readTextFileSync(join(ROOT, "deno.json")));

/** The documents of the repository's root and of docs/. */
const DOCUMENTS = [
  ...[...Deno.readDirSync(ROOT)].map(({ name }) => name),
  ...[...Deno.readDirSync(join(ROOT, "docs"))].map(({ name }) =>
    `docs/${name}`
  ),
].filter((name) => name.endsWith(".md"));

/** The anchors of a document: its headings, as GitHub, JSR, and npm name them. */
function anchors(document: string): readonly string[] {
  const text = Deno.readTextFileSync(join(ROOT, document))
    .replaceAll(/^```[^]*?^```$/gm, "");
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-")
  );
}

for (const document of DOCUMENTS) {
  Deno.test(`${document}: every link leads to a file and a heading that exist`, () => {
    for (const { path, anchor } of documentLinks(document)) {
      const target = path === ""
        ? document
        : join(dirname(document), path).replaceAll("\\", "/");
      assert(Deno.statSync(join(ROOT, target)).isFile, target);
      if (anchor === "") continue;
      assert(anchors(target).includes(anchor), `${target}#${anchor}`);
    }
  });
}

Deno.test("the packages contain every file that a document in them links to", () => {
  const isPublished = (path: string) =>
    publish.include.some((root: string) =>
      path === root || path.startsWith(`${root}/`)
    );
  const builder = Deno.readTextFileSync(join(ROOT, "scripts/build_npm.ts"));
  for (const document of DOCUMENTS.filter(isPublished)) {
    for (const { path } of documentLinks(document)) {
      if (path === "") continue;
      const target = join(dirname(document), path).replaceAll("\\", "/");
      assert(isPublished(target), `${document} links to ${target}`);
      const [root] = target.split("/");
      assert(builder.includes(`"${root}"`), `npm lacks ${root}`);
    }
  }
});

Deno.test("docs/images has only pictures that a document shows", () => {
  const shown = DOCUMENTS.flatMap((document) =>
    documentLinks(document).map(({ path }) =>
      join(dirname(document), path).replaceAll("\\", "/")
    )
  );
  const pictures = [
    ...walkSync(join(ROOT, "docs/images"), { includeDirs: false }),
  ].map(({ path }) => relative(ROOT, path).replaceAll("\\", "/"));
  assertEquals(pictures.filter((path) => !shown.includes(path)), []);
});
