// Starts the installed WebKitGTK through its WebDriver, each on a separate display, so that each has the focus.

import { once } from 'node:events';
import net from 'node:net';
import { createInterface } from 'node:readline';

import { findProgram, makeFolder, startProgram, until } from './program.mjs';

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** A display without a screen; resolves with its name. */
async function startDisplay(folder) {
  const display = startProgram(
    findProgram('XVFB', ['Xvfb'], 'xvfb'),
    ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'],
    {
      folder,
      stdout: 'pipe',
    },
  );
  const [number] = await once(createInterface({ input: display.stdout }), 'line');
  return Object.assign(display, { name: `:${number}` });
}

/** Resolves with `send(method, path, parameters)`, which sends commands to a new session, and `stop`. */
export async function startWebKit(capabilities) {
  const folder = await makeFolder();
  const display = await startDisplay(folder);
  const port = await freePort();
  const env = {
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    DISPLAY: display.name,
    GDK_BACKEND: 'x11',
    // Scrollbars that take room, as on Windows.
    GTK_OVERLAY_SCROLLING: '0',
    // No graphics card and no D-Bus.
    LIBGL_ALWAYS_SOFTWARE: '1',
    WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    GIO_USE_VFS: 'local',
    GSETTINGS_BACKEND: 'memory',
    NO_AT_BRIDGE: '1',
  };
  const driver = startProgram(findProgram('WEBKIT_DRIVER', ['WebKitWebDriver'], 'webkit2gtk-driver'), [`--port=${port}`], { folder, env });
  const stop = async () => {
    await driver.stop();
    await display.stop();
  };
  async function request(method, path, parameters) {
    const body = method === 'POST' ? JSON.stringify(parameters ?? {}) : undefined;
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body });
    const { value } = await response.json();
    if (!response.ok) throw Object.assign(new Error(value.message || value.error), { code: value.error });
    return value;
  }
  try {
    await until('WebKitWebDriver listens', () => request('GET', '/status').catch(() => undefined));
    const { sessionId } = await request('POST', '/session', { capabilities: { alwaysMatch: capabilities } });
    return { send: (method, path, parameters) => request(method, `/session/${sessionId}${path}`, parameters), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
