// Findings that were there before, by what is the same of them after edits elsewhere.
export { type BaselineEntry, type BaselineResult, baselineText, readBaseline } from './file.js';
export { knownFindings, texts, treeFingerprints } from './known.js';
