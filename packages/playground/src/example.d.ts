declare module 'example' {
  /** `examples/jitsi-active-directory`, put into the page when it is built. */
  export const EXAMPLE: import('./protocol.js').Project;
  /** What the worker says of it: computed by the worker's code when the page is built, and so there before the worker is. */
  export const JUDGED_EXAMPLE: import('./protocol.js').Judged;
}
