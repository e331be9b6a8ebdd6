import { assertEquals, assertMatch } from "@std/assert";
import { join } from "@std/path/join";
import {
  CHECKOUT_FLAGS,
  finished,
  ROOT,
  startDeno,
} from "../support/run_script.ts";
import { TempDir } from "../support/temp_dir.ts";

/** Text that a picture of the bar has to show. */
const SHOWN =
  /<title>\$ rollouts generate .* -n 400 █+░+ \d{3}\/400 \| 80 cached, \d failed \| \d+ of \d+ in flight \| [\d.]+\/s \| \d+ s left \| \$0\.00\d+<\/title>/;

Deno.test(
  "scripts/pictures/draw_progress_bar.ts draws the progress bar as a terminal shows it",
  { ignore: Deno.build.os !== "linux" },
  async () => {
    await using dir = new TempDir();
    const file = join(dir.path, "bar.svg");
    const { code, stderr } = await finished(
      startDeno([
        "run",
        "--quiet",
        ...CHECKOUT_FLAGS,
        "--allow-all",
        join(ROOT, "scripts/pictures/draw_progress_bar.ts"),
        file,
      ]),
    );
    assertEquals(code, 0, stderr);
    assertMatch(await Deno.readTextFile(file), SHOWN);
  },
);

Deno.test("the picture of the progress bar equals what the task draws", async () => {
  const path = join(ROOT, "docs/images/progress_bar.svg");
  assertMatch(await Deno.readTextFile(path), SHOWN);
});
