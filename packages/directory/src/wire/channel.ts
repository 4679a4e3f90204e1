import type { Socket } from 'node:net';
import { bounded, type Limit } from '../bounded.js';
import { DirectoryFailure, failureOf } from '../failure.js';
import { MalformedMessage } from './ber.js';
import { frameReader } from './frames.js';
import { type Response, readResponse } from './response.js';

/** Most bytes of all answers to one request. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Requests and responses over an open socket, one request at a time. */
export interface Channel {
  /**
   * Sends a request and gives each response to it to `take`, until that returns true. Any failure closes the socket: what comes
   * after it could be no answer to anything.
   */
  exchange(id: number, request: Buffer, take: (response: Response) => boolean, limit: Limit): Promise<void>;
  /** Lets go of the socket, for TLS to take it over. Throws when the server said more than it was asked. */
  release(): Socket;
  /** Sends the last words, if it can, and closes. */
  close(goodbye: Buffer): void;
}

/** Opens a channel over a connected socket, which belongs to the channel from then on. */
export function openChannel(socket: Socket): Channel {
  let onResponse: ((response: Response) => void) | null = null;
  let onFailure: ((failure: Error) => void) | null = null;
  let failed: DirectoryFailure | null = null;
  let received = 0;
  let unasked = false;
  const reader = frameReader(content => {
    if (onResponse) onResponse(readResponse(content));
    else unasked = true;
  });

  const fail = (failure: DirectoryFailure) => {
    failed ??= failure;
    onFailure?.(failed);
    socket.destroy();
  };
  const onData = (chunk: Buffer) => {
    received += chunk.length;
    if (received > MOST_BYTES)
      return fail(new DirectoryFailure('answer.too-big', `more than ${MOST_BYTES >> 20} MiB of answers`));
    try {
      reader.push(chunk);
    } catch (thrown) {
      fail(thrown instanceof MalformedMessage ? failureOf(thrown, 'answer.malformed') : failureOf(thrown, 'answer.closed'));
    }
  };
  const onError = (error: Error) => fail(failureOf(error, 'answer.closed'));
  const onClose = () => fail(new DirectoryFailure('answer.closed', 'the server closed the connection without an answer'));
  socket.on('data', onData).on('error', onError).on('end', onClose).on('close', onClose);

  return {
    exchange: (id, request, take, limit) =>
      bounded<void>(limit, { code: 'answer.timeout', what: 'no answer' }, (resolve, reject) => {
        if (failed) {
          reject(failed);
          return () => {};
        }
        received = 0;
        onFailure = reject;
        onResponse = response => {
          // a notice of disconnection (RFC 4511 section 4.4.1) has the number 0
          if (response.id === 0 && response.type === 'extended') fail(noticeOf(response.result.message));
          else if (response.id === id && take(response)) resolve();
        };
        socket.write(request);
        return without => {
          onResponse = null;
          onFailure = null;
          if (without) socket.destroy();
        };
      }),
    release() {
      socket.off('data', onData).off('error', onError).off('end', onClose).off('close', onClose);
      if (reader.pending() === 0 && !unasked) return socket;
      socket.destroy();
      throw new DirectoryFailure('answer.malformed', 'the server sent bytes in clear after it agreed to StartTLS');
    },
    close(goodbye) {
      failed ??= new DirectoryFailure('answer.closed', 'the connection is closed');
      socket.off('end', onClose).off('close', onClose);
      if (socket.writable) socket.end(goodbye);
      socket.destroySoon();
    },
  };
}

function noticeOf(message: string): DirectoryFailure {
  return new DirectoryFailure('answer.closed', `the server ended the connection${message === '' ? '' : `: ${message}`}`);
}
