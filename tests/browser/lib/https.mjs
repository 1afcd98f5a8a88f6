// An https server at `localhost`, as other origins of widgets are. Browsers under test accept its certificate, which is for this alone.

import { readFile } from 'node:fs/promises';
import https from 'node:https';

const pem = await readFile(new URL('localhost.pem', import.meta.url), 'utf8');
/** One black pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==', 'base64');

/** Starts a server that records the paths of requests. `/to?<address>` redirects; other paths are an image, or JSON with CORS. */
export async function serveHttps() {
  const reached = [];
  const server = https.createServer({ key: pem, cert: pem }, (request, response) => {
    const { pathname, search } = new URL(request.url, 'https://localhost');
    reached.push(pathname);
    const cors = { 'access-control-allow-origin': '*' };
    if (pathname === '/to') response.writeHead(302, { ...cors, location: decodeURIComponent(search.slice(1)) }).end();
    else if (pathname.endsWith('.png')) response.writeHead(200, { 'content-type': 'image/png' }).end(PNG);
    else response.writeHead(200, { ...cors, 'content-type': 'application/json' }).end('{"answer":42}');
  });
  // WebSocket: it only counts that the request arrived.
  server.on('upgrade', (request, socket) => {
    reached.push(request.url);
    socket.destroy();
  });
  server.on('tlsClientError', () => {});
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return {
    port,
    origin: `https://localhost:${port}`,
    reached,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
