import type { MemoryFile } from '@prosodist/core';
import type { Project } from '../protocol.js';

/** What a link holds, after it is unpacked, at most: a small text can unpack to a huge one. */
const MOST_BYTES = 4_000_000;

const NAME = 'p=';

/** The part of a link behind `#` that holds a project: JSON, deflated, in base64url. It is never sent to a server. */
export async function toFragment(project: Project): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(project));
  const packed = await collect(new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw')), MOST_BYTES);
  let binary = '';
  for (const byte of packed) binary += String.fromCharCode(byte);
  return NAME + btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/**
 * The project of a link.
 * @param fragment with or without `#`
 * @returns undefined where there is none
 * @throws Error, in words for people, where it is damaged or too large
 */
export async function fromFragment(fragment: string): Promise<Project | undefined> {
  const text = fragment.replace(/^#/, '');
  if (!text.startsWith(NAME)) return undefined;
  let json: unknown;
  try {
    const binary = atob(text.slice(NAME.length).replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(binary, unit => unit.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    json = JSON.parse(new TextDecoder().decode(await collect(stream, MOST_BYTES)));
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new Error('The link is damaged: its end may have been cut off. Ask for it again.');
  }
  const project = readProject(json);
  if (!project) throw new Error('The link holds no configuration. It may come from another version of this page.');
  return project;
}

async function collect(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError(`This is too large for a link: it holds more than ${most / 1_000_000} MB.`);
    }
    parts.push(read.value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Anybody can write a link, so anything may be in it. */
function readProject(json: unknown): Project | undefined {
  if (typeof json !== 'object' || json === null || !('files' in json) || !('entry' in json) || !('version' in json))
    return undefined;
  const { files, entry, version } = json;
  if (typeof files !== 'object' || files === null || typeof entry !== 'string') return undefined;
  if (version !== '0.12' && version !== '13.0') return undefined;
  const read: Record<string, MemoryFile> = {};
  for (const [path, content] of Object.entries(files)) {
    const file = readFile(content);
    if (file === undefined || !path.startsWith('/') || path === '__proto__') return undefined;
    read[path] = file;
  }
  return typeof read[entry] === 'string' ? { files: read, entry, version } : undefined;
}

function readFile(content: unknown): MemoryFile | undefined {
  if (typeof content === 'string') return content;
  if (typeof content !== 'object' || content === null || !('link' in content)) return undefined;
  return typeof content.link === 'string' ? { link: content.link } : undefined;
}
