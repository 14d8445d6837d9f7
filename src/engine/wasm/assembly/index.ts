import {block} from "./block";
import {convolution, depthwise, pointwise} from "./convolution";
import {combine, pool, upsample} from "./maps";
import {edges, input, labels, winners} from "./pictures";
import {word} from "./words";

/** Kinds of operation; `../operations.ts` has the same list. */
const POINTWISE: i32 = 0;
const CONVOLUTION: i32 = 1;
const DEPTHWISE: i32 = 2;
const BLOCK: i32 = 3;
const COMBINE: i32 = 4;
const POOL: i32 = 5;
const UPSAMPLE: i32 = 6;
const INPUT: i32 = 7;
const WINNERS: i32 = 8;
const LABELS: i32 = 9;
const EDGES: i32 = 10;

/** Carries out one operation for some of its rows, or of its cells, from `first` to before `end`. */
export function perform(operation: usize, first: i32, end: i32, scratch: usize): void {
  switch (word(operation, 0)) {
    case POINTWISE:
      return pointwise(operation, first, end, scratch);
    case CONVOLUTION:
      return convolution(operation, first, end, scratch);
    case DEPTHWISE:
      return depthwise(operation, first, end, scratch);
    case BLOCK:
      return block(operation, first, end, scratch);
    case COMBINE:
      return combine(operation, first, end);
    case POOL:
      return pool(operation, first, end);
    case UPSAMPLE:
      return upsample(operation, first, end);
    case INPUT:
      return input(operation, first, end);
    case WINNERS:
      return winners(operation, first, end);
    case LABELS:
      return labels(operation, first, end, scratch);
    case EDGES:
      return edges(operation, first, end, scratch);
    default:
      unreachable();
  }
}
