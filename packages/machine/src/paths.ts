import { encode } from '@prosodist/core';

/**
 * A path as the system wants it. Core's texts hold bytes that are not UTF-8 as lone surrogates, file names too, so such a
 * name goes back to its bytes.
 * @param path absolute, or relative to `cwd`; `..` is left for the kernel, which knows the links on the way
 */
export function osPath(path: string, cwd: string): string | Buffer {
  const absolute = path.startsWith('/') ? path : `${cwd.replace(/\/+$/, '')}/${path}`;
  return /[\udc80-\udcff]/u.test(absolute) ? Buffer.from(encode(absolute)) : absolute;
}

/** The code of an error of the system (`ENOENT`), or undefined for any other error. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
