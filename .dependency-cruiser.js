/**
 * The layers, and which way their arrows point: pages → lab → worker → exporters, importers, media, shelf → engine, formats.
 * Types count as well, but where a rule says otherwise.
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
    ...layer("engine", "The network as plain functions over tensors", [], {packages: ["@tensorflow/tfjs-core", "@petamoriken/float16"]}),
    ...layer("formats", "Bytes", ["in-short.ts"]),
    ...layer("importers", "From files to our layer names", ["engine", "formats", "data", "in-short.ts"]),
    ...layer("exporters", "From our networks to others' files", ["engine", "formats", "importers"]),
    ...layer("datasets", "Photos and their labels, however they are kept", ["drawing", "formats"]),
    ...layer("drawing", "Shapes on maps of class ids, and strokes that can be undone", [], {packages: []}),
    ...layer("evaluate", "How well a model does on labelled photos", ["datasets", "engine", "formats", "data"]),
    ...layer("train", "Networks that learn from labelled photos", ["datasets", "engine", "formats", "data"]),
    ...layer("notebook", "Cells, and the files that they are kept in", [], {
      packages: ["acorn", "acorn-walk", "sucrase", "@jridgewell/trace-mapping"]
    }),
    ...layer("masks", "Many photos to files of their masks", ["engine", "formats"]),
    ...layer("components", "Views: options in, element out", [], {packages: ["d3", "d3-[a-z]+", "htl", "katex"]}),
    ...layer("media", "Browser only: decode, draw, export", ["engine", "formats", "drawing", "data", "in-short.ts", "queue.ts"], {
      types: ["components"]
    }),
    ...layer("shelf", "Models kept in the browser", ["engine", "data", "site.ts"], {packages: []}),
    ...layer("labelling", "Photos that the reader labels, kept in the browser", ["shelf", "datasets", "formats", "data"], {packages: []}),
    ...layer("worker", "The one owner of backend, weights and GPU", [
      "importers",
      "exporters",
      "masks",
      "media",
      "shelf",
      "datasets",
      "evaluate",
      "train",
      "engine",
      "formats",
      "notebook",
      "data",
      "in-short.ts",
      "site.ts",
      "part.ts",
      "queue.ts"
    ]),
    ...layer("lab", "What pages share", [
      "components",
      "worker",
      "datasets",
      "masks",
      "media",
      "shelf",
      "labelling",
      "engine",
      "data",
      "in-short.ts",
      "site.ts",
      "part.ts",
      "queue.ts"
    ]),
    ...layer(
      "pages",
      "Which state drives which computation and view",
      [
        "lab",
        "components",
        "worker",
        "datasets",
        "evaluate",
        "masks",
        "media",
        "shelf",
        "labelling",
        "drawing",
        "engine",
        "formats",
        "notebook",
        "data",
        "in-short.ts",
        "site.ts",
        "part.ts"
      ],
      {types: ["train"]}
    ),
    {
      name: "tensors stay in engine, evaluation, training and worker",
      comment: "What others see of them are plain arrays.",
      severity: "error",
      from: {path: "^src/", pathNot: "^src/(engine|evaluate|train|worker)/"},
      to: {path: "(^|node_modules/)@tensorflow/"}
    },
    {
      name: "elements are made by views and pages",
      comment: "What runs in a worker has no document.",
      severity: "error",
      from: {path: "^src/(engine|formats|importers|exporters|train|masks|media|shelf|labelling|worker)/"},
      to: {path: "(^|node_modules/)htl(/|$)"}
    },
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

/**
 * A layer imports from itself and the layers named.
 *
 * @param options.packages patterns of the only packages that it imports; all, where there are none
 * @param options.types layers of which it imports types alone
 */
function layer(name, comment, layers, {packages = [".*"], types = []} = {}) {
  const modules = (folders) => folders.map((each) => `^src/${each}${each.includes(".") ? "$" : "/"}`);
  const rule = {comment, severity: "error", from: {path: `^src/${name}/`}};
  return [
    {...rule, name: `${name} keeps to its layers`, to: {path: "^src/", pathNot: modules([name, ...layers, ...types])}},
    {...rule, name: `${name} keeps to its packages`, to: {pathNot: ["^src/", `(^|node_modules/)(${packages.join("|")})(/|$)`]}},
    ...(types.length > 0
      ? [{...rule, name: `${name} imports types alone`, to: {path: modules(types), dependencyTypesNot: ["type-only"]}}]
      : [])
  ];
}
