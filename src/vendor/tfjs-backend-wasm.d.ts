/** Made by `scripts/site/prepare.ts`. */
export * from "@tensorflow/tfjs-backend-wasm";
