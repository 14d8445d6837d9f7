/**
 * Waits until the GPU has done all that it was asked for, without blocking the thread.
 *
 * @throws Error with a sentence for the reader where the context was lost before that: a picture that its canvas handed over, as it does
 *   until the thread is told of the loss, may be blank
 */
export async function fence(gl: WebGL2RenderingContext): Promise<void> {
  const sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  // A context that is lost gives no fence, or one that fails: also when the browser has given the context back since.
  let status: GLenum;
  while ((status = sync ? gl.clientWaitSync(sync, 0, 0) : gl.WAIT_FAILED) === gl.TIMEOUT_EXPIRED) await soon();
  gl.deleteSync(sync);
  if (status === gl.WAIT_FAILED) throw new Error("The graphics device was lost while it drew. Start again, or choose another backend.");
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
