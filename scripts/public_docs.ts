import { join } from "@std/path/join";
import { commandOutput } from "./command_output.ts";

/** A public symbol or a member of one, with its doc comment in one line. */
export interface DocumentedSymbol {
  /** The name; a method's name has its parentheses. */
  readonly name: string;
  /** The first paragraph of the doc comment. */
  readonly text: string;
}

/** A public error class. */
export interface DocumentedError extends DocumentedSymbol {
  /** The name of the class that it extends. */
  readonly base: string;
}

interface JsDoc {
  readonly doc?: string;
}

interface Member {
  readonly name: string;
  readonly kind?: string;
  readonly jsDoc?: JsDoc;
  readonly isStatic?: boolean;
  readonly accessibility?: string;
}

interface Declaration {
  readonly kind: string;
  readonly jsDoc?: JsDoc;
  readonly def: {
    readonly extends?: string;
    readonly properties?: readonly Member[];
    readonly methods?: readonly Member[];
  };
}

interface DocOutput {
  readonly nodes: Readonly<
    Record<string, {
      readonly symbols: readonly {
        readonly name: string;
        readonly declarations: readonly Declaration[];
      }[];
    }>
  >;
}

/** The doc comments of the public API, as `deno doc` reads them. */
export class PublicDocs {
  readonly #declarations: ReadonlyMap<string, Declaration>;

  private constructor(declarations: ReadonlyMap<string, Declaration>) {
    this.#declarations = declarations;
  }

  /** Reads the doc comments of `mod.ts` in a directory. */
  static async read(root: string): Promise<PublicDocs> {
    const args = ["doc", "--quiet", "--json", join(root, "mod.ts")];
    const json = await commandOutput(Deno.execPath(), args, root);
    const { nodes }: DocOutput = JSON.parse(json);
    const symbols = Object.values(nodes).flatMap(({ symbols }) => symbols);
    return new PublicDocs(
      new Map(
        symbols.map(({ name, declarations }) => [name, declarations[0]!]),
      ),
    );
  }

  /**
   * Returns the public members of a class or interface: fields, then methods.
   *
   * @param fields The interface whose comments describe the fields, if it is not the same.
   */
  members(name: string, fields = name): readonly DocumentedSymbol[] {
    const { def } = this.#find(name);
    const comments = new Map(
      this.#find(fields).def.properties?.map((member) => [member.name, member]),
    );
    const properties = (def.properties ?? []).filter(isPublic)
      .map((member) => documented(comments.get(member.name) ?? member));
    const methods = (def.methods ?? []).filter(isPublic).map((member) => {
      const { name, text } = documented(member);
      return { name: member.kind === "getter" ? name : `${name}()`, text };
      // The implementation of overloads has no comment.
    }).filter(({ text }) => text !== "");
    return [...properties, ...methods];
  }

  /** Returns the doc comment of an option. */
  option(name: string): string {
    const interfaces = [
      "ClientOptions",
      "SamplingOptions",
      "RunOptions",
      "GenerateOptions",
    ];
    for (const found of interfaces) {
      const member = this.#find(found).def.properties
        ?.find((member) => member.name === name);
      if (member !== undefined) return documented(member).text;
    }
    throw new Error(`no doc comment for the option ${name}`);
  }

  /** Returns the error classes, each after the class that it extends. */
  errors(): readonly DocumentedError[] {
    const all = [...this.#declarations].filter(([name, { kind }]) =>
      kind === "class" && name.endsWith("Error")
    ).map(([name, { def, jsDoc }]) => ({
      ...documented({ name, jsDoc }),
      base: def.extends ?? "Error",
    }));
    const below = (base: string): DocumentedError[] =>
      all.filter((error) => error.base === base)
        .flatMap((error) => [error, ...below(error.name)]);
    return below("Error");
  }

  #find(name: string): Declaration {
    const found = this.#declarations.get(name);
    if (found === undefined) throw new Error(`mod.ts exports no ${name}`);
    return found;
  }
}

function isPublic({ name, isStatic, accessibility }: Member): boolean {
  return !isStatic && accessibility === undefined && !/^[#[]/.test(name);
}

function documented(
  { name, jsDoc }: Pick<Member, "name" | "jsDoc">,
): DocumentedSymbol {
  const [paragraph = ""] = (jsDoc?.doc ?? "").split("\n\n");
  const text = paragraph.replaceAll("\n", " ")
    .replaceAll(/\{@linkcode ([^}]*)\}/g, "`$1`");
  return { name, text: text.trim() };
}
