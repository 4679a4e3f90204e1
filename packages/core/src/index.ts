export * from './syntax/index.js';
export * from './text/index.js';
