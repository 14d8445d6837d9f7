/**
 * The layers, and which way their arrows point: pages → lab → worker → importers, media → engine, formats. Types count as well,
 * but where a rule says otherwise.
 *
 * @type {import("dependency-cruiser").IConfiguration}
 */
export default {
  forbidden: [
    {
      name: "no-cycle",
      comment: "Two files that need each other are one, or share a third.",
      severity: "error",
      from: {},
      to: {circular: true}
    },
    {name: "resolvable", comment: "Every import leads to something.", severity: "error", from: {}, to: {couldNotResolve: true}},
    ...layer("engine", "The network as plain functions over tensors", [], ["@tensorflow/tfjs-core", "@petamoriken/float16"]),
    ...layer("formats", "Bytes: no tensors", [], ["@petamoriken/float16", "fast-png", "flatbuffers", "protobufjs"]),
    ...layer("importers", "From files to our layer names", ["engine", "formats", "data"], []),
    ...layer("components", "Views: options in, element out", [], ["d3", "htl", "katex"]),
    ...layer("media", "Browser only: decode, draw, export", ["engine", "formats", "data"], ["fast-png"], ["components"]),
    ...layer(
      "worker",
      "The one owner of backend, weights and GPU",
      ["importers", "media", "engine", "formats", "data", "site.ts"],
      ["@tensorflow/.*"]
    ),
    ...layer("lab", "What pages share", ["components", "worker", "media", "engine", "data", "site.ts"], ["htl"]),
    ...layer(
      "pages",
      "Which state drives which computation and view",
      ["lab", "components", "worker", "media", "engine", "formats", "data", "site.ts"],
      ["d3", "htl"]
    ),
    {
      name: "the worker is asked by messages",
      comment:
        "Outside src/worker only its protocol is imported for more than types; the engine clients start it, in the page where there are no workers.",
      severity: "error",
      from: {path: "^src/(?!worker/)", pathNot: "^src/lab/engine-[a-z-]+\\.ts$"},
      to: {path: "^src/worker/", pathNot: "^src/worker/protocol\\.ts$", dependencyTypesNot: ["type-only"]}
    }
  ],
  options: {
    // src/components and src/data are links; their files' imports start from there.
    preserveSymlinks: true,
    tsPreCompilationDeps: true,
    tsConfig: {fileName: "tsconfig.json"},
    enhancedResolveOptions: {exportsFields: ["exports"], conditionNames: ["types", "import", "default"]},
    doNotFollow: {path: "node_modules"},
    exclude: {path: "src/(vendor|\\.observablehq)/"}
  }
};

/** A layer may import from itself, from the layers named and from the packages named; types of the layers in `types` too. */
function layer(name, comment, layers, packages, types = []) {
  const modules = (folders) => folders.map((each) => `^src/${each}${each.includes(".") ? "$" : "/"}`);
  const allowed = [...modules([name, ...layers]), ...packages.map((each) => `(^|node_modules/)${each}(/|$)`)];
  const rule = {comment, severity: "error", from: {path: `^src/${name}/`}};
  return [
    {...rule, name: `${name} keeps to its layers`, to: {pathNot: [...allowed, ...modules(types)]}},
    ...(types.length > 0
      ? [{...rule, name: `${name} imports types alone`, to: {path: modules(types), dependencyTypesNot: ["type-only"]}}]
      : [])
  ];
}
