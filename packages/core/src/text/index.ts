export { byteLength, decode, encode, fromByteString, toByteString } from './bytes.js';
export { capital } from './capital.js';
export { commonEnd, commonStart } from './common.js';
export { applyEdits, minimalEdits, overlap, type Range, sortEdits, type TextEdit } from './edits.js';
export {
  firstIndex,
  type LineIndex,
  lineEnd,
  lineIndex,
  lineStart,
  lineText,
  offsetAt,
  type Position,
  positionAt,
} from './positions.js';
