import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  applyEdits,
  decode,
  encode,
  fromByteString,
  lineIndex,
  minimalEdits,
  offsetAt,
  positionAt,
  toByteString,
} from '../src/index.js';

describe('text', () => {
  it('every byte comes back', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), bytes => assert.deepEqual(encode(decode(bytes)), bytes)));
  });

  it('reads UTF-8, Latin-1 and a byte order mark', () => {
    for (const [bytes, text] of [
      [[0xc3, 0xbc], 'ü'],
      [[0xfc], '\udcfc'],
      [[0xef, 0xbb, 0xbf, 0x41], '\ufeffA'],
      [[0xf0, 0x9f, 0x98, 0x80], '😀'],
      // surrogates and overlong forms are no UTF-8 (RFC 3629, section 3)
      [[0xed, 0xa0, 0x80], '\udced\udca0\udc80'],
      [[0xc0, 0x80], '\udcc0\udc80'],
    ] as const) {
      assert.equal(decode(Uint8Array.from(bytes)), text);
    }
  });

  it('a string of bytes and a text are one thing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), bytes => {
        const text = decode(bytes);
        assert.equal(toByteString(text).length, bytes.length);
        assert.equal(fromByteString(toByteString(text)), text);
      }),
    );
  });

  it('positions and offsets are inverse', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r\n', 'ü', '😀')), parts => {
        const text = parts.join('');
        const index = lineIndex(text);
        for (let offset = 0; offset <= text.length; offset++) assert.equal(offsetAt(index, positionAt(index, offset)), offset);
      }),
    );
  });

  it('minimal edits lead from one text to the other, and overlapping ones are refused', () => {
    const text = fc.array(fc.constantFrom('a = 1\n', 'b = 2\n', '-- c\n', '\n', 'x')).map(parts => parts.join(''));
    fc.assert(fc.property(text, text, (before, after) => assert.equal(applyEdits(before, minimalEdits(before, after)), after)));
    assert.throws(
      () =>
        applyEdits('abc', [
          { start: 0, end: 2, text: '' },
          { start: 1, end: 3, text: '' },
        ]),
      RangeError,
    );
    assert.deepEqual(minimalEdits('a = 1\nb = 2\n', 'a = 1\nb = 3\n'), [{ start: 10, end: 11, text: '3' }]);
  });
});
