/** A thread did not do its part of an operation. What was computed so far is gone; computed anew, by one thread, it comes out. */
export class ThreadLost extends Error {
  constructor() {
    super("A thread that computes the network was lost.");
    this.name = "ThreadLost";
  }
}
