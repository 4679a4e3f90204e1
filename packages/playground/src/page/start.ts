import { Client } from './client.js';
import { byId } from './dom.js';

/** The worker's client. This module stands first in the page, so that the worker starts while the page builds its editor. */
export const client = new Client(byId('worker', HTMLScriptElement).text);
