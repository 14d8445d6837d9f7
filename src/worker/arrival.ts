/** Milliseconds that a speed is measured over. */
const WINDOW = 3000;
/** Below that it says nothing yet: what was fetched ahead comes all at once. */
const LEAST = 500;

/**
 * Tells in words how far a download has come: how many bytes are here of how many, and about how long it takes still at the speed of the
 * last seconds, where that is more than one.
 *
 * @param total bytes that there will be; 0 where that is not known
 * @returns is told how many are here, now and again
 */
export function newArrival(total: number, now = () => performance.now()): (received: number) => string {
  let marks: {readonly at: number; readonly received: number}[] = [];
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  return (received) => {
    const at = now();
    marks = [...marks.filter((mark) => at - mark.at <= WINDOW), {at, received}];
    if (total === 0) return `${megabytes(received)} MB`;
    const [first] = marks as [(typeof marks)[number]];
    const left = ((total - received) * (at - first.at)) / (received - first.received) / 1000;
    const isTold = at - first.at >= LEAST && left >= 1 && Number.isFinite(left);
    return `${megabytes(received)} of ${megabytes(total)} MB${isTold ? `, about ${Math.round(left)} s more` : ""}`;
  };
}
