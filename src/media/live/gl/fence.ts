/** Waits until the GPU has done all that it was asked for, without blocking the thread. */
export async function fence(gl: WebGL2RenderingContext): Promise<void> {
  const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  if (!sync) return;
  gl.flush();
  // A context that is lost answers WAIT_FAILED.
  while (gl.clientWaitSync(sync, 0, 0) === gl.TIMEOUT_EXPIRED) await soon();
  gl.deleteSync(sync);
}

/**
 * A task about a millisecond from now. Timers set by timers wait four milliseconds at least; those set by messages do
 * not.
 */
function soon(): Promise<void> {
  return new Promise((resolve) => {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      setTimeout(resolve, 1);
    };
    port2.postMessage(null);
  });
}
