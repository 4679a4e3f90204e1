import { DirectoryFailure } from '../failure.js';
import { expectTag, readExtent } from './ber.js';

/** Most bytes of one message: an entry of a directory has kilobytes, with photographs some hundred. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * Cuts a stream of bytes into LDAP messages. The function that comes back takes each chunk and calls `take` with the content of
 * every message that is whole. Throws MalformedMessage for what is no LDAP, and DirectoryFailure for a message of more than 16 MiB,
 * as soon as its length is known.
 */
export function frameReader(take: (content: Buffer) => void): { push(chunk: Buffer): void; pending(): number } {
  let chunks: Buffer[] = [];
  let have = 0;
  let need = 2;
  return {
    pending: () => have,
    push(chunk) {
      chunks.push(chunk);
      have += chunk.length;
      // joined only when a whole message may be there, so that time grows with the bytes
      if (have < need) return;
      let rest = Buffer.concat(chunks);
      for (;;) {
        const extent = readExtent(rest, 0);
        if (rest.length > 0) expectTag({ tag: rest[0]!, content: rest }, 0x30);
        if (extent && extent.end > MOST_BYTES)
          throw new DirectoryFailure('answer.too-big', `a single message of ${extent.end} bytes`);
        need = extent?.end ?? rest.length + 1;
        if (!extent || extent.end > rest.length) break;
        const content = rest.subarray(extent.start, extent.end);
        rest = rest.subarray(extent.end);
        take(content);
      }
      chunks = rest.length > 0 ? [rest] : [];
      have = rest.length;
    },
  };
}
