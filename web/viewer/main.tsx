/**
 * The script of the viewer's page.
 *
 * @module
 */

import { render } from "npm:preact@10.29.8";
import { App } from "./app.tsx";
import { CachingSource } from "./source/caching_source.ts";
import { EmbeddedSource } from "./source/embedded_source.ts";
import { HttpSource } from "./source/http_source.ts";
import { showControlCharacters } from "./text/visible_children.ts";

showControlCharacters();
const exported = document.getElementById("view") !== null;
const source = exported
  ? new EmbeddedSource(document)
  : new HttpSource(new URL(".", location.href));
render(
  <App source={new CachingSource(source)} live={!exported} />,
  document.getElementById("app")!,
);
