/** Made by `scripts/site/prepare.ts`. */
export {transform} from "sucrase";
