import {perform} from "./index";

/*
 * Several threads that carry out one operation after the other, on one memory. Whoever hands out an operation divides it into parts and takes
 * some itself; a thread that has not started yet, or sleeps, misses nothing but work.
 */

/** The operation's number, and in its lowest bits how many of its parts nobody has taken. */
const TICKET: usize = 64;
const PARTS: i32 = 0xfff;
/** How many of its parts are not done; whether a thread has broken off. On another line of the cache: each is waited for by others. */
const LEFT: usize = 128;
const BROKEN: usize = 132;
/** The operation itself, and how it is divided. `../executor.ts` lays out behind it. */
const OPERATION: usize = 192;
const UNITS: usize = 196;
const PART: usize = 200;
const SCRATCH: usize = 204;
const STEP: usize = 208;

/** Looks before a thread sleeps: some ten microseconds, as long as what is done between two operations. */
const LOOKS: i32 = 20_000;
/** Looks of a thread that must not sleep before it takes another for lost: some ten seconds. */
const MOST_LOOKS: i64 = 5_000_000_000;
/** What waiting comes to when nobody woke it. */
const TIMED_OUT: i32 = 2;

/** Works for ever; sleeps while there is nothing to do. @param thread its number, from 1 */
export function serve(thread: i32): void {
  for (;;) {
    const ticket = atomic.load<i32>(TICKET);
    if (ticket & PARTS) {
      take(ticket, thread);
      continue;
    }
    let looks: i32 = 0;
    while (looks < LOOKS && atomic.load<i32>(TICKET) === ticket) looks++;
    if (looks === LOOKS) atomic.wait<i32>(TICKET, ticket, -1);
  }
}

/** Takes one part, unless another thread is quicker. What is read before is of this operation: it stands until all of its parts are done. */
function take(ticket: i32, thread: i32): void {
  const operation = load<u32>(OPERATION);
  const units = load<i32>(UNITS);
  const part = load<i32>(PART);
  const scratch = load<u32>(SCRATCH) + <u32>thread * load<u32>(STEP);
  if (atomic.cmpxchg<i32>(TICKET, ticket, ticket - 1) !== ticket) return;
  const first = ((ticket & PARTS) - 1) * part;
  perform(<usize>operation, first, min(first + part, units), <usize>scratch);
  if (atomic.sub<i32>(LEFT, 1) === 1) atomic.notify(LEFT, 1);
}

/**
 * Carries out an operation together with those who serve.
 *
 * @param part rows or cells of a part
 * @param step bytes from the scratch of one thread to that of the next
 * @param patience milliseconds within which some part must have been done; 0 where this thread must not sleep, as that of a page
 * @returns whether all is done: where it is not, a thread was lost
 */
export function share(operation: usize, units: i32, part: i32, scratch: usize, step: usize, patience: i32): bool {
  store<u32>(OPERATION, <u32>operation);
  store<i32>(UNITS, units);
  store<i32>(PART, part);
  store<u32>(SCRATCH, <u32>scratch);
  store<u32>(STEP, <u32>step);
  const parts = (units + part - 1) / part;
  atomic.store<i32>(LEFT, parts);
  atomic.store<i32>(TICKET, ((atomic.load<i32>(TICKET) | PARTS) + 1) | parts);
  atomic.notify(TICKET, -1);
  for (let ticket = atomic.load<i32>(TICKET); ticket & PARTS; ticket = atomic.load<i32>(TICKET)) take(ticket, 0);
  let left = atomic.load<i32>(LEFT);
  let looks: i64 = 0;
  while (left) {
    const before = left;
    if (patience && looks >= LOOKS) {
      if (atomic.wait<i32>(LEFT, left, <i64>patience * 1_000_000) === TIMED_OUT) return false;
    } else if (looks >= MOST_LOOKS) return false;
    if (atomic.load<i32>(BROKEN)) return false;
    left = atomic.load<i32>(LEFT);
    looks = left === before ? looks + 1 : 0;
  }
  return true;
}

/** Says that a thread can do no more. */
export function breakOff(): void {
  atomic.store<i32>(BROKEN, 1);
  atomic.notify(LEFT, 1);
}
