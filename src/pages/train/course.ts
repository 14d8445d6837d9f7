import type {StepPoint} from "../../components/training/step-series.js";
import type {CostlyPhoto, OpenTraining, TrainingCourse, TrainingNews} from "../../worker/training-messages.js";

/** What the network said of the watched photos after so many steps. */
export interface MasksAt {
  readonly step: number;
  /** In the order of the photos, one id a pixel. */
  readonly masks: readonly Uint8Array[];
}

/** What is known of an open training. */
export interface KnownCourse {
  readonly course: TrainingCourse;
  /** Since this page has it open. */
  readonly masks: readonly MasksAt[];
  /** The dearest photos of the last measuring. */
  readonly costly: readonly CostlyPhoto[];
  /** So many steps are done, and kept. */
  readonly step: number;
  readonly keptAt: number;
}

/** What is known of a training when it is opened. */
export function courseOf({course, step}: OpenTraining): KnownCourse {
  return {course, masks: [], costly: [], step, keptAt: step};
}

/** What is known after news. */
export function withNews(known: KnownCourse, news: TrainingNews): KnownCourse {
  const {course} = known;
  switch (news.kind) {
    case "step":
      return {...known, step: news.record.step, course: {...course, steps: [...course.steps, news.record]}};
    case "measured": {
      const {measured, masks, costly, best, overfittingSince} = news;
      return {
        ...known,
        course: {...course, measured: [...course.measured, measured], best, overfittingSince},
        masks: [...known.masks, {step: measured.step, masks}],
        costly
      };
    }
    case "kept":
      return {...known, keptAt: news.step};
    case "stopped":
      return {...known, keptAt: news.keptAt};
    case "measuring":
    case "finished":
      return known;
  }
}

/** A value of what was told, over the steps; where there is none, nothing. */
export function pointsOf<T extends {readonly step: number}>(records: readonly T[], valueOf: (record: T) => number | null): StepPoint[] {
  return records.flatMap((record) => {
    const value = valueOf(record);
    return value === null ? [] : [{step: record.step, value}];
  });
}

/** The last thing that was told up to a step; undefined before the first. @param records in the order of steps */
export function at<T extends {readonly step: number}>(records: readonly T[], step: number): T | undefined {
  return records.findLast((record) => record.step <= step);
}
