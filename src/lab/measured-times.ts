/** Whether each time is longer than the one before: times of works of which each does more than the one before should be. */
export function areRising(times: readonly number[]): boolean {
  return times.every((time, index) => index === 0 || time > times[index - 1]!);
}

/** Begins the end of a sentence about times that are not as they should be: what they do not tell. */
export const TOO_NOISY = "on this machine, just now, they are too noisy to tell";
