#!/usr/bin/env bash
# AssemblyScript 0.28.20: to import the compiler changes how every array of the program is sorted.
#
# Guess before running: `import asc from "assemblyscript/asc"` (or "assemblyscript") gives an object to compile with; what the program does with its own
# arrays stays what it was. [10, 9, 1].sort() is [1, 10, 9] in JavaScript, for without a comparator values are compared as texts.
# Seen: after the import it is [1, 9, 10], in every module of the process, also in those that were loaded before, and nothing is said. The compiler
# loads the portable form of its own library, which makes a numeric comparator the default of Array.prototype.sort (as AssemblyScript has
# it). Lists of numbers and of mixed values come in another order; lists of texts stay as they were. toSorted, which is newer, is left as it
# was, so that the two now disagree. A few dozen global names are added as well (i32, f32, clz, ...). The command line (`asc`) runs by
# itself and harms no one.
# Whoever compiles at run time, in a build script or in a test runner that shares a process, gets other results elsewhere.
#
# Touches: scripts/kernels/compile.ts runs the compiler in a process of its own; a test of label maps failed until it did.
#
# Runs only public packages, pinned, in a temporary folder.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > package.json <<'JSON'
{"type": "module", "private": true}
JSON
npm install --silent --no-audit --no-fund assemblyscript@0.28.20 >/dev/null
cat > check.mjs <<'JS'
const lists = {numbers: [10, 9, 1], mixed: [10, "9", 1], texts: ["10", "9", "1"]};
const sorted = () => JSON.stringify(Object.values(lists).map((list) => [...list].sort()));
const copied = () => JSON.stringify(Object.values(lists).map((list) => list.toSorted()));
const globals = new Set(Object.getOwnPropertyNames(globalThis));
const before = {sort: sorted(), toSorted: copied()};
await import("assemblyscript/asc");
const after = {sort: sorted(), toSorted: copied()};
const added = Object.getOwnPropertyNames(globalThis).filter((name) => !globals.has(name));
console.table({before, after});
console.log(`${added.length} global names are new: ${added.slice(0, 12).join(", ")}, ...`);
const asSeen =
  before.sort === '[[1,10,9],[1,10,"9"],["1","10","9"]]' &&
  before.toSorted === before.sort &&
  after.sort === '[[1,9,10],[1,"9",10],["1","10","9"]]' &&
  after.toSorted === before.sort &&
  added.includes("i32");
if (!asSeen) {
  console.error("This is not what was seen.");
  process.exit(1);
}
JS
node check.mjs
