// A registry of npm packages, in memory, on this machine, for as long as a rehearsal of a release lasts.
import { createServer } from 'node:http';

/** The registry that everybody else's packages come from. */
const UPSTREAM = process.env.npm_config_registry?.replace(/\/$/, '') ?? 'https://registry.npmjs.org';

/**
 * Starts one.
 * In: names of packages that only this registry may have; asked for any other, it points to the real one.
 * Out: its address; what was published, name → packument as npm reads it; the way to end it.
 */
export async function startRegistry(own) {
  const packages = new Map();
  const tarballs = new Map();
  const server = createServer(async (request, response) => {
    const answer = (status, body) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? { ok: true }));
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname).slice(1);
    const name = path.split('/-/')[0];
    if (!own.includes(name)) return response.writeHead(302, { location: `${UPSTREAM}${request.url}` }).end();
    if (request.method === 'PUT') {
      const refusal = publish(name, JSON.parse(await bodyOf(request)));
      return answer(refusal ? 403 : 201, refusal && { error: refusal });
    }
    if (tarballs.has(path)) return response.writeHead(200).end(tarballs.get(path));
    return packages.has(name) ? answer(200, packages.get(name)) : answer(404, { error: 'Not found' });
  });
  // npm keeps its connections, and fails when one that it takes up again is closed meanwhile (5 s by default)
  server.keepAliveTimeout = 10 * 60_000;
  await new Promise((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${server.address().port}`;

  // as the real one: a version that is there is there for ever
  function publish(name, { versions, 'dist-tags': tags, _attachments: attachments }) {
    const before = packages.get(name) ?? { name, versions: {}, 'dist-tags': {} };
    for (const version of Object.keys(versions))
      if (before.versions[version]) return `You cannot publish over the previously published versions: ${version}.`;
    for (const [file, { data }] of Object.entries(attachments)) {
      const path = `${name}/-/${file.split('/').at(-1)}`;
      tarballs.set(path, Buffer.from(data, 'base64'));
      for (const { dist } of Object.values(versions)) dist.tarball = `${address}/${path}`;
    }
    packages.set(name, {
      ...before,
      versions: { ...before.versions, ...versions },
      'dist-tags': { ...before['dist-tags'], ...tags },
    });
    return undefined;
  }

  const stop = () => {
    server.closeAllConnections();
    return new Promise(resolve => server.close(resolve));
  };
  return { address, packages, stop };
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
