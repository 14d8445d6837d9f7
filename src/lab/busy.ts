/** The marks on a page's `main` by which everybody knows whether its results stand. */
export interface BusyMark {
  /** Something was begun; each beginning has its `end`. */
  begin(): void;
  end(): void;
  /** Whether anything is under way. */
  isBusy(): boolean;
  /** One more result stands. */
  finished(): void;
  /** A piece of work that may be begun anew before it ended, and then ends once. */
  task(): {begin(): void; end(): void};
}

/**
 * Marks `main`: `aria-busy` while anything is under way, and `data-run`, the number of results so far.
 *
 * @param onIdle called when nothing is under way any more
 */
export function busyMark(main: HTMLElement, onIdle: () => void = () => {}): BusyMark {
  let pending = 0;
  let results = 0;
  const begin = () => {
    pending++;
    main.setAttribute("aria-busy", "true");
  };
  const end = () => {
    if (--pending > 0) return;
    onIdle();
    main.setAttribute("aria-busy", "false");
  };
  return {
    begin,
    end,
    isBusy: () => pending > 0,
    finished: () => void (main.dataset["run"] = String(++results)),
    task() {
      let underWay = false;
      return {
        begin() {
          if (!underWay) begin();
          underWay = true;
        },
        end() {
          if (underWay) end();
          underWay = false;
        }
      };
    }
  };
}
