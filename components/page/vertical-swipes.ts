/** Keeps single-finger swipes up and down from the zoom, so that they scroll the page. */
export function leaveVerticalSwipes(frame: HTMLElement): void {
  let from: {x: number; y: number} | null = null;
  let isVertical: boolean | null = null;
  const passive = {capture: true, passive: true};
  frame.addEventListener(
    "touchstart",
    ({touches}) => {
      from = touches.length === 1 ? {x: touches[0]!.clientX, y: touches[0]!.clientY} : null;
      isVertical = null;
    },
    passive
  );
  frame.addEventListener(
    "touchmove",
    (event) => {
      if (!from) return;
      const {clientX, clientY} = event.touches[0]!;
      isVertical ??= Math.abs(clientY - from.y) > Math.abs(clientX - from.x);
      if (isVertical) event.stopPropagation();
    },
    passive
  );
}
