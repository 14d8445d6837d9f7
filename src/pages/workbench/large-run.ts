import {questionNote} from "../../components/page/question.js";
import {ONE_PASS} from "../../engine/averaging.js";
import {capitals} from "../../lab/backend-choices.js";
import type {EngineClient} from "../../lab/engine-client.js";
import type {ListedModel} from "../../lab/model-list.js";
import {billions, gigabytes, seconds} from "../../lab/quantities.js";
import type {BackendId, Forecast, MaskChoice} from "../../worker/protocol.js";
import {INPUT_SIZES} from "../../lab/network-parameters.js";

/** Multiply-adds up to which nobody is asked, whatever the machine. */
const SMALL = 8e9;
/** What a run may take before the reader is asked. */
const MOST = {milliseconds: 5000, bytes: 1e9};

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A run that is not begun before the reader wants it. */
export interface LargeRun {
  readonly forecast: Forecast;
  readonly choice: MaskChoice;
  readonly photo: Size;
}

export interface LargeRuns {
  readonly element: HTMLElement;
  /** The run, where it is so large that the reader is asked and has not agreed to one like it; null where it can be made. */
  foreseen(engine: EngineClient, model: ListedModel, photo: Size, choice: MaskChoice): Promise<LargeRun | null>;
  /** Asks, or takes the question back. */
  ask(run: LargeRun | null): void;
}

/**
 * Asks before a run that takes this machine long, or much memory.
 *
 * @param options.onAgreed the reader wants it as it is
 * @param options.onSize the reader wants it smaller
 */
export function largeRuns({onAgreed, onSize}: {onAgreed(): void; onSize(size: (typeof INPUT_SIZES)[number]): void}): LargeRuns {
  /** The most multiply-adds that the reader agreed to, by backend: what is no larger is not asked for again. */
  const agreed = new Map<BackendId, number>();
  const element = questionNote("A large run");
  return {
    element,
    async foreseen(engine, model, photo, choice) {
      if (atMost(model, photo, choice) <= SMALL) return null;
      const {width, height} = photo;
      const forecast = await engine.forecast({width, height}, choice);
      const {multiplyAdds, milliseconds, bytes} = forecast;
      const isLarge = multiplyAdds > SMALL && (milliseconds > MOST.milliseconds || bytes > MOST.bytes);
      return isLarge && multiplyAdds > (agreed.get(choice.backend) ?? 0) ? {forecast, choice, photo} : null;
    },
    ask(run) {
      if (!run) return element.ask(null);
      const {forecast, choice} = run;
      const smaller = smallerSize(run);
      element.ask({
        words: questionInWords(run),
        answers: [
          {
            label: "Run it",
            onChoose() {
              agreed.set(choice.backend, forecast.multiplyAdds);
              onAgreed();
            }
          },
          ...(smaller ? [{label: `Run at ${smaller} pixels`, onChoose: () => onSize(smaller)}] : [])
        ]
      });
    }
  };
}

function questionInWords({forecast: {multiplyAdds, milliseconds, bytes}, choice: {backend}}: LargeRun): string {
  return `This run takes ${billions(multiplyAdds)} multiply-adds and about ${gigabytes(bytes)} of memory: on ${capitals(backend)} here about ${seconds(milliseconds)}. It can be stopped.`;
}

/** No fewer multiply-adds than a run takes, from what is told of its model: of 513 x 513 pixels at output stride 16. */
export function atMost(
  model: Pick<ListedModel, "multiplyAdds">,
  photo: Size,
  {inputSize, outputStride, averaging = ONE_PASS}: MaskChoice
): number {
  const scale = longSide(photo, inputSize) / Math.max(photo.width, photo.height);
  const pixels = photo.width * photo.height * scale ** 2;
  const finer = Math.max(1, (16 / outputStride) ** 2);
  const passes = averaging.scales.reduce((sum, factor) => sum + factor ** 2, 0) * (averaging.flip ? 2 : 1);
  return 1.2 * model.multiplyAdds * (pixels / 513 ** 2) * finer * passes;
}

function longSide({width, height}: Size, inputSize: number | null): number {
  return inputSize ?? Math.max(width, height);
}

/** The largest size at which a run would not be asked for, or else the smallest; undefined where there is none that is smaller. */
export function smallerSize({forecast: {milliseconds, multiplyAdds}, choice, photo}: LargeRun): (typeof INPUT_SIZES)[number] | undefined {
  const now = longSide(photo, choice.inputSize);
  const smaller = INPUT_SIZES.filter((size) => Number(size) < now);
  const isShort = (size: string) => {
    const share = (Number(size) / now) ** 2;
    return multiplyAdds * share <= SMALL || milliseconds * share <= MOST.milliseconds;
  };
  return smaller.findLast(isShort) ?? smaller[0];
}
