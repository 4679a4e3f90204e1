import { Client, type ClientOptions } from './client.js';
import { debian, type Workspace } from './workspace.js';

/** Runs a test with a tree on disk and a client; both are gone afterwards, and every message has to be read. */
export function session(
  options: ClientOptions & { readonly workspace?: () => Workspace },
  test: (client: Client, workspace: Workspace) => Promise<void>,
): () => Promise<void> {
  return async () => {
    const workspace = (options.workspace ?? debian)();
    const client = await Client.start({ folder: workspace.folder, ...options });
    try {
      await test(client, workspace);
      await client.close();
    } finally {
      client.kill();
      workspace.remove();
    }
  };
}
