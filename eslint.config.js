import js from "@eslint/js";
import {defineConfig} from "eslint/config";
import tseslint from "typescript-eslint";

/** What the page has and neither a worker nor Node need have: the engine and the formats run in all three. */
const BROWSER_ONLY = ["document", "window", "navigator", "localStorage", "fetch", "Image", "ImageData", "OffscreenCanvas", "HTMLElement"];

export default defineConfig(
  {
    ignores: [
      ...["dist/", "node_modules/", "src/.observablehq/", "src/components/", "src/data/", "src/vendor/", "test-results/", ".cache/"],
      // AssemblyScript, which its own compiler checks.
      "src/engine/wasm/assembly/"
    ]
  },
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    rules: {
      eqeqeq: "error",
      "prefer-const": "error",
      "no-undef": "off",
      // A longer file says why at its top, beside the comment that lets it.
      "max-lines": ["error", 300],
      // Prettier breaks lines; what it leaves longer is a comment or a text.
      "max-len": ["error", {code: 140, ignoreTemplateLiterals: true, ignoreStrings: true, ignoreRegExpLiterals: true, ignoreUrls: true}],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", {argsIgnorePattern: "^_", varsIgnorePattern: "^_"}]
    }
  },
  {
    files: ["src/**/*.ts", "components/**/*.ts"],
    rules: {
      "no-restricted-properties": [
        "error",
        {object: "crypto", property: "randomUUID", message: "It is missing where the site's address is not secure: take `getRandomValues`."}
      ]
    }
  },
  {
    files: ["src/**/*.ts", "components/**/*.ts", "scripts/**/*.ts"],
    ignores: ["src/engine/plan.ts", "src/engine/head.ts", "src/importers/**"],
    rules: {
      "no-restricted-syntax": [
        "error",
        ...["Literal[value=/^(backbone|aspp|decoder)\\u002F/]", "TemplateElement[value.raw=/^(backbone|aspp|decoder)\\u002F/]"].map(
          (selector) => ({
            selector,
            message: "End points are named by the description alone; a plan's features, units, branches and skips say which is which."
          })
        )
      ]
    }
  },
  {
    files: ["src/engine/**", "src/formats/**", "src/importers/**", "src/exporters/**", "src/train/**"],
    rules: {"no-restricted-globals": ["error", ...BROWSER_ONLY]}
  }
);
