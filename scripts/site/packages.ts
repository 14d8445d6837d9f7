import {existsSync, readFileSync, readdirSync} from "node:fs";
import path from "node:path";
import type {Plugin} from "rollup";
import {DIST, ROOT} from "./root.js";

const PACKAGES = path.join(ROOT, "node_modules");
/** How Framework names the one module that it makes of a package. */
const MADE_OF = /\/_node\/((?:@[^/]+\/)?[^@/]+)@[^/]+\/index\.[^/]+$/;
/**
 * Packages whose modules are taken as they were published: in the one that Framework makes of them no bundler can tell what nobody needs.
 */
const AS_PUBLISHED: Readonly<Record<string, Published>> = {
  // As TensorFlow.js's own custom bundles have it, without its optimisers; nor does anything here read or write its models by it.
  "@tensorflow/tfjs-core": {begins: "dist/base_side_effects.js", exports: "dist/base.js", defines: /\/dist\/io\//}
};

interface Published {
  /** Module that is run first. */
  readonly begins: string;
  readonly exports: string;
  /** Modules that only define things here, whatever the package says. */
  readonly defines: RegExp;
}

const PUBLISHED = "published:";

/**
 * Lets a bundler leave out of packages what nothing needs: it believes what they say of themselves, that to load a module does nothing but
 * define things.
 */
export const packageParts: Plugin = {
  name: "package-parts",
  async resolveId(source, importer, options) {
    const inside = importer === undefined ? undefined : publishedPackage(importer);
    if (inside !== undefined && importer!.startsWith("/")) {
      if (!source.startsWith(".")) return madeByFramework(source);
      const file = withExtension(path.resolve(path.dirname(importer!), source));
      return {id: file, moduleSideEffects: !AS_PUBLISHED[inside]!.defines.test(file) && doesSomething(inside, file)};
    }
    const found = await this.resolve(source, importer, {...options, skipSelf: true});
    const [, name] = MADE_OF.exec(found?.id ?? "") ?? [];
    if (!found || name === undefined) return found;
    if (name in AS_PUBLISHED) return {id: PUBLISHED + name, moduleSideEffects: true};
    return {...found, moduleSideEffects: doesSomething(name, path.join(PACKAGES, name, descriptionOf(name).module ?? "index.js"))};
  },
  load(id) {
    if (!id.startsWith(PUBLISHED)) return null;
    const name = id.slice(PUBLISHED.length);
    const {begins, exports} = AS_PUBLISHED[name]!;
    const module = (file: string) => JSON.stringify(path.join(PACKAGES, name, file));
    return `import ${module(begins)};\nexport * from ${module(exports)};`;
  }
};

/** The package that a module is of, if it is taken as published. */
export function publishedPackage(module: string): string | undefined {
  return Object.keys(AS_PUBLISHED).find((name) => module === PUBLISHED + name || module.startsWith(path.join(PACKAGES, name) + path.sep));
}

/** Its modules name each other without. */
function withExtension(module: string): string {
  return [module, `${module}.js`, path.join(module, "index.js")].find((file) => file.endsWith(".js") && existsSync(file)) ?? module;
}

/** The module of a package that one taken as published needs; none where it needs it in Node only. */
function madeByFramework(name: string): string | null {
  const folder = path.join(DIST, "_node");
  const version = readdirSync(folder).find((entry) => entry.startsWith(`${name}@`));
  const file = version && readdirSync(path.join(folder, version)).find((entry) => entry.startsWith("index."));
  return file ? path.join(folder, version, file) : null;
}

interface Description {
  readonly module?: string;
  /** Whether modules do more than define; or those that do. */
  readonly sideEffects?: boolean | readonly string[];
}

function descriptionOf(name: string): Description {
  return JSON.parse(readFileSync(path.join(PACKAGES, name, "package.json"), "utf8")) as Description;
}

/** Whether a package says of a module that to load it does something. */
function doesSomething(name: string, file: string): boolean {
  const {sideEffects = true} = descriptionOf(name);
  if (typeof sideEffects === "boolean") return sideEffects;
  const inPackage = `./${path.relative(path.join(PACKAGES, name), file)}`;
  return sideEffects.some((pattern) => new RegExp(`^${pattern.split("*").map(literally).join("[^/]*")}$`).test(inPackage));
}

/** A text as a regular expression for it. */
function literally(text: string): string {
  return text.replace(/[^\w/]/g, "\\$&");
}
