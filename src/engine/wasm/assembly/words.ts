/** Operations as the schedule writes them (`../operations.ts`): some words of 32 bits each, offsets in bytes of the memory. */

/** A word of an operation. */
export function word(operation: usize, index: i32): i32 {
  return load<i32>(operation + ((<usize>index) << 2));
}

export function address(operation: usize, index: i32): usize {
  return <usize>load<u32>(operation + ((<usize>index) << 2));
}

export function real(operation: usize, index: i32): f32 {
  return load<f32>(operation + ((<usize>index) << 2));
}
