declare module 'example' {
  /** `examples/jitsi-active-directory`, put into the page when it is built. */
  export const EXAMPLE: import('./protocol.js').Project;
}
