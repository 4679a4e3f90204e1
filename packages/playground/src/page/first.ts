// The page's first script: the worker starts, and reads the example, while the browser still reads the editor's script.
import { EXAMPLE } from 'example';
import type { Answer, Question } from '../protocol.js';
import { byId } from './dom.js';
import './start.js';

const url = URL.createObjectURL(new Blob([byId('worker', HTMLScriptElement).text], { type: 'text/javascript' }));
const worker = new Worker(url);
// a link has another configuration
const example = location.hash.startsWith('#p=') ? undefined : EXAMPLE;
const first = new Promise<Answer>(resolve => {
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => resolve(data), { once: true });
});
if (example) worker.postMessage({ number: 0, kind: 'project', ask: example } satisfies Question);
window.prosodist = { url, worker, first: example && first };
