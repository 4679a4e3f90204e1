import { strict as assert } from 'node:assert';
import {
  codeActions,
  completion,
  diagnostics,
  documentSymbols,
  hover,
  signatureHelp,
  toOffset,
  toPosition,
} from '../src/index.js';
import { FIXTURES } from './examples.js';
import { applied, client, fixture, treeOf } from './fixture.js';

// An editor sees every state on the way to a finished text. None of them may throw, and no edit may lie outside the text.
describe('every truncation of a fixture', function () {
  this.timeout(60_000);
  for (const [index, source] of FIXTURES.entries()) {
    it(`gives diagnostics, symbols, hovers and actions (fixture ${index + 1})`, () => {
      const { files } = fixture(source);
      for (const [path, whole] of Object.entries(files)) {
        if (typeof whole !== 'string') continue;
        for (let length = 0; length <= whole.length; length++) {
          const text = whole.slice(0, length);
          tryAll({ ...files, [path]: text }, path, text);
        }
      }
    });
  }
});

function tryAll(files: Parameters<typeof treeOf>[0], path: string, text: string): void {
  const tree = treeOf(files);
  const end = toPosition({ text }, text.length);
  assert.equal(toOffset({ text }, end), text.length);
  for (const { range } of diagnostics(tree, path)) assert.ok(toOffset({ text }, range.end) >= toOffset({ text }, range.start));
  documentSymbols(tree, path);
  hover(tree, path, end);
  completion(tree, path, end, { snippets: true });
  signatureHelp(tree, path, end);
  hover(tree, path, toPosition({ text }, text.length / 2));
  for (const action of codeActions(tree, path, { start: { line: 0, character: 0 }, end }, client()))
    applied({ tree, files }, action.edit);
  codeActions(tree, path, { start: end, end }, client());
}
