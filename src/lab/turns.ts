/** Work that is begun again and again, of which only what was begun last counts. */
export interface Turns {
  /** Begins a turn, which overtakes all before it. @returns whether none was begun since */
  begin(): () => boolean;
  /** Overtakes what was begun, with nothing in its place. */
  drop(): void;
}

export function newTurns(): Turns {
  let latest = 0;
  return {
    begin() {
      const mine = ++latest;
      return () => mine === latest;
    },
    drop: () => void latest++
  };
}
