import type { Server } from 'node:http';

/** Where the page is. */
export const PAGE: string;

/**
 * Builds the page.
 * @returns bytes of its parts, packed as servers send them
 */
export function buildPlayground(): Promise<{ readonly script: number; readonly worker: number; readonly page: number }>;

/** Serves the page on this machine alone; port 0 takes a free one. */
export function servePlayground(port: number): Promise<Server>;
