// The page's first script: the worker starts, and reads the example, while the browser still reads the editor's script.
import { EXAMPLE } from 'example';
import type { Question } from '../protocol.js';
import { byId } from './dom.js';
import './start.js';

const url = URL.createObjectURL(new Blob([byId('worker', HTMLScriptElement).text], { type: 'text/javascript' }));
const worker = new Worker(url);
// nobody waits for this answer: what it makes ready is what counts
worker.postMessage({ number: 0, kind: 'project', ask: EXAMPLE } satisfies Question);
window.prosodist = { url, worker };
