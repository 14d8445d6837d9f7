import {existsSync} from "node:fs";
import {chromium} from "@playwright/test";
import type {Browser} from "@playwright/test";

/** Where distributions and vendors install Chromium. First the one that has no window: it does the same for four fifths of the time. */
const USUAL_PLACES = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium"
];

/** Whether WebGL and WebGPU run on the machine's GPU or are computed by SwiftShader on the CPU. */
export type Gpu = "software" | "hardware";

const COMMON_FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--ignore-gpu-blocklist",
  "--enable-unsafe-webgpu"
];
const GPU_FLAGS: Record<Gpu, readonly string[]> = {
  software: [
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--use-webgpu-adapter=swiftshader",
    // Without it the GPU process ends when WebGPU draws on a canvas.
    "--use-vulkan=swiftshader",
    "--enable-features=Vulkan,WebGPU"
  ],
  hardware: ["--enable-gpu", "--use-angle=vulkan", "--enable-features=Vulkan,WebGPU,DefaultANGLEVulkan,VulkanFromANGLE"]
};

/**
 * Path of a Chromium: `CHROMIUM_PATH`, or the first that exists of the usual places, or the one that Playwright installed.
 *
 * @throws Error with a sentence for the reader when there is none
 */
export function chromiumPath(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH is ${named}, where there is no file.`);
    return named;
  }
  const found = [...USUAL_PLACES, chromium.executablePath()].find((path) => existsSync(path));
  if (!found)
    throw new Error(
      "No Chromium was found. Install one (Debian: apt-get install chromium-headless-shell) or set CHROMIUM_PATH to its path."
    );
  return found;
}

/** Command-line flags for tests and measurements. */
export function chromiumFlags(gpu: Gpu): string[] {
  return [...COMMON_FLAGS, ...GPU_FLAGS[gpu]];
}

/**
 * Flags that give pages a camera which needs no permission.
 *
 * @param video path of a .mjpeg or .y4m file that the camera shows over and over; by default Chromium's moving test pattern
 */
export function fakeCameraFlags(video?: string): string[] {
  return [
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    ...(video === undefined ? [] : [`--use-file-for-fake-video-capture=${video}`])
  ];
}

/** Starts Chromium without a window. The caller closes it. @param flags more of them */
export function launchChromium(gpu: Gpu, flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({executablePath: chromiumPath(), args: [...chromiumFlags(gpu), ...flags]});
}
