import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DirectoryFailure } from '../src/failure.js';
import { MalformedMessage } from '../src/wire/ber.js';
import { frameReader } from '../src/wire/frames.js';
import { readResponse } from '../src/wire/response.js';

/** A search entry with one attribute, a reference, and a result, as slapd sends them. */
const MESSAGES = [
  '3020020102641b0407636e3d612c623d3010300e04026f7531080401780403c3b66f',
  '300d020102730804066c646170733a',
  '300c02010265070a012004000400',
  '300c02010361070a013104000400',
].map(hex => Buffer.from(hex, 'hex'));

function read(chunks: readonly Buffer[]): number {
  let count = 0;
  const reader = frameReader(content => {
    readResponse(content);
    count++;
  });
  for (const chunk of chunks) reader.push(chunk);
  return count;
}

describe('answers of a server', () => {
  it('are read however they are cut', () => {
    const bytes = Buffer.concat(MESSAGES.slice(1));
    for (let size = 1; size <= bytes.length; size++) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      assert.equal(read(chunks), MESSAGES.length - 1, `in pieces of ${size}`);
    }
  });

  it('that are no LDAP end at once, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.boolean(), (bytes, mutated) => {
        const base = Buffer.concat(MESSAGES);
        const hostile = mutated
          ? Buffer.from(base.map((byte, at) => (bytes[at % Math.max(1, bytes.length)]! > 200 ? byte ^ 0x5a : byte)))
          : Buffer.from(bytes);
        try {
          read([hostile]);
        } catch (error) {
          assert.ok(error instanceof MalformedMessage || error instanceof DirectoryFailure, String(error));
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('with a length beyond their end do not keep the reader busy', () => {
    // a reference whose text claims 127 bytes and has three: ldapts reads the same place for ever
    assert.throws(() => read([Buffer.from('300a020102730504 7f616263'.replace(' ', ''), 'hex')]), MalformedMessage);
  });

  it('that announce more than 16 MiB end before they come', () => {
    assert.throws(
      () => read([Buffer.from('30847fffffff', 'hex')]),
      (error: unknown) => error instanceof DirectoryFailure && error.code === 'answer.too-big',
    );
  });

  it('are read in linear time', () => {
    const many = Buffer.concat(Array.from({ length: 50_000 }, () => MESSAGES[1]!));
    const start = performance.now();
    assert.equal(
      read(Array.from({ length: Math.ceil(many.length / 1000) }, (_, at) => many.subarray(at * 1000, (at + 1) * 1000))),
      50_000,
    );
    assert.ok(performance.now() - start < 3000);
  });
});
