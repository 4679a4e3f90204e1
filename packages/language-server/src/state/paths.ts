/** Path of a URI with forward slashes; undefined for what is not a file of this computer. */
export function pathOfUri(uri: string): string | undefined {
  if (!/^file:/i.test(uri)) return undefined;
  try {
    const { host, pathname } = new URL(uri);
    // a slash that is written as none, and another computer's file, are no path here
    if (host !== '' || /%(?:2f|00)/i.test(pathname)) return undefined;
    const path = decodeURIComponent(pathname);
    // `/c:/x` is `c:/x` on Windows
    return /^\/[A-Za-z]:(?:\/|$)/.test(path) ? path.slice(1) : path;
  } catch {
    // another computer's file, or no URI at all
    return undefined;
  }
}

/**
 * URI of an absolute path, written as VS Code writes it: there are several ways to write one, and diagnostics of one file
 * under two URIs would take each other away.
 */
export function uriOfPath(path: string): string {
  const parts = path.split('/').map(part => encodeURIComponent(wellFormed(part)).replace(/[!'()*]/g, encodeUnit));
  return `file://${path.startsWith('/') ? '' : '/'}${parts.join('/')}`;
}

/** A name on disk need not be UTF-8; a URI has to be. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

function encodeUnit(unit: string): string {
  return `%${unit.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The last part of a URI, for documents that have no path. */
export function nameOfUri(uri: string): string {
  const last = uri.slice(Math.max(uri.lastIndexOf('/'), uri.lastIndexOf(':')) + 1).replace(/[?#].*$/, '');
  try {
    return decodeURIComponent(last) || 'untitled';
  } catch {
    return last;
  }
}
