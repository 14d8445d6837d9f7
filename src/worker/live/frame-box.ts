interface Framed {
  readonly frame: ImageBitmap | VideoFrame;
  readonly capturedAt: number;
}

/** Where the next frame is waited for. */
export interface FrameBox {
  /** Asks for a frame and waits for it; null once the box is closed. */
  take(): Promise<Framed | null>;
  put(frame: Framed): void;
  close(): void;
}

/** @param ask called when a frame is wanted */
export function frameBox(ask: () => void): FrameBox {
  let waiting: ((frame: Framed | null) => void) | null = null;
  let closed = false;
  const answer = (frame: Framed | null) => {
    waiting?.(frame);
    waiting = null;
  };
  return {
    take() {
      if (closed) return Promise.resolve(null);
      return new Promise((resolve) => {
        waiting = resolve;
        ask();
      });
    },
    put(frame) {
      // Nobody asked, or nobody is left.
      if (!waiting) frame.frame.close();
      answer(frame);
    },
    close() {
      closed = true;
      answer(null);
    }
  };
}
