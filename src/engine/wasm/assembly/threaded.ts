export {perform} from "./index";
export {breakOff, serve, share} from "./threads";
