import {expect, it} from "vitest";
import {torchvisionMobileNetV3} from "../../../src/engine/backbones/mobilenetv3.js";
import {torchvisionResNet} from "../../../src/engine/backbones/resnet.js";
import {planned} from "./planned.js";
import {convolutions, torchShape, torchvisionShapes} from "./torchvision.js";

it.each([
  ["deeplabv3_resnet50", torchvisionResNet()],
  ["deeplabv3_resnet101", torchvisionResNet({depth: 101})],
  ["deeplabv3_mobilenet_v3_large", torchvisionMobileNetV3()]
])("kernels of the backbone of %s are torchvision's, in its order", (name, backbone) => {
  const theirs = Object.entries(torchvisionShapes(name)).filter(([key, shape]) => key.startsWith("backbone.") && shape.length === 4);
  const ours = convolutions(planned(backbone).steps).filter((step) => step.name.startsWith("backbone/"));
  expect(ours.map(torchShape)).toEqual(theirs.map(([, shape]) => shape));
});
