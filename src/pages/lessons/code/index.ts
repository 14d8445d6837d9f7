/** The code of every lesson's figures. It is loaded when the first one is opened. */
export * as atrous from "./atrous.js";
export * as learning from "./learning.js";
export * as networks from "./networks.js";
export * as outputStride from "./output-stride.js";
export * as quantisation from "./quantisation.js";
export * as residual from "./residual.js";
export * as separable from "./separable.js";
