// A proxy in front of widgetd that also serves a test's pages and compiled modules, so that a widget can contain code that the checker
// would reject. A second origin serves only pages.

import { createHash } from 'node:crypto';
import http from 'node:http';

/** Resolves with a server's origin once it listens. */
async function listen(server, host) {
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://${host}:${server.address().port}`;
}

function send(response, { type = 'text/html; charset=utf-8', headers = {}, status = 200, body }) {
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(body);
}

export async function makeStage(widgetd, weaken = () => {}) {
  const modules = new Map();
  const pages = new Map();
  const stage = { widgetd, requests: [] };

  function passOn(request, response) {
    const { hostname, port } = new URL(widgetd.origin);
    const onward = http.request({ hostname, port, path: request.url, method: request.method, headers: request.headers }, (answer) => {
      const headers = { ...answer.headers };
      weaken(request.url, headers);
      response.writeHead(answer.statusCode, headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }

  const MODULE_HEADERS = {
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  };
  const service = http.createServer((request, response) => {
    stage.requests.push(request.url);
    const module = modules.get(request.url);
    const page = pages.get(request.url);
    const type = `text/${request.url.endsWith('.css') ? 'css' : 'javascript'}; charset=utf-8`;
    if (typeof module === 'function') module((body) => send(response, { type, headers: MODULE_HEADERS, body }));
    else if (module !== undefined) send(response, { type, headers: MODULE_HEADERS, body: module });
    else if (page) send(response, page);
    else passOn(request, response);
  });
  const elsewhere = http.createServer((request, response) => {
    const page = pages.get(request.url);
    if (page) send(response, page);
    else response.writeHead(404).end();
  });

  stage.origin = await listen(service, '127.0.0.1');
  // Another site, not only another origin: `localhost` instead of 127.0.0.1.
  stage.elsewhere = await listen(elsewhere, 'localhost');

  /** Serves a module and returns its path. */
  stage.module = (source) => {
    const address = `/assets/widget/${createHash('sha256').update(source).digest('hex')}.js`;
    modules.set(address, source);
    return address;
  };
  /** Serves the style sheet of a widget and returns its path. */
  stage.styles = (css) => {
    const address = `/assets/widget/${createHash('sha256').update(css).digest('hex')}.css`;
    modules.set(address, css);
    return address;
  };
  /** Serves a style sheet only when a test says so: `onRequest` is called with the function that answers. Returns its path. */
  stage.late = (css, onRequest) => {
    const address = `/assets/widget/${createHash('sha256').update(`late ${css}`).digest('hex')}.css`;
    modules.set(address, (answer) => onRequest(() => answer(css)));
    return address;
  };
  /** Serves a source in place of the module at a path. */
  stage.serve = (address, source) => modules.set(address, source);
  /** A render payload of a module. */
  stage.payload = (source, rest = {}) => ({
    messageId: 'msg_01h455vb4pex5vsknk084sn02q',
    widgetId: 'widget_01h455vb4pex5vsknk084sn02q',
    widgetKey: 'test',
    version: 1,
    module: stage.module(source),
    data: {},
    props: {},
    text: 'The text of the message',
    title: 'A widget under test',
    ...rest,
  });
  let count = 0;
  /** Serves a page and returns its address, on the service's origin or the other one. */
  stage.page = (body, { headers = {}, at = stage.elsewhere, path = `/page-${(count += 1)}`, status = 200 } = {}) => {
    pages.set(path, { headers, body, status });
    return `${at}${path}`;
  };
  /** Another stage that changes the headers of some responses. */
  stage.withHeaders = (weaken) => makeStage(widgetd, weaken);
  stage.close = async () => {
    for (const server of [service, elsewhere]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  };
  return stage;
}
