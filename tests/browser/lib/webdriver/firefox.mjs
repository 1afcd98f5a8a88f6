// Starts the installed Firefox, or the one that the variable FIREFOX names. The tests use Marionette, Firefox's protocol with the commands
// of WebDriver, since Debian has no geckodriver.

import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';

import { findProgram, makeFolder, startProgram, until } from './program.mjs';

const PREFERENCES = {
  'marionette.port': 0,
  // Scrollbars take room, as on Windows.
  'widget.gtk.overlay-scrollbars.enabled': false,
  'widget.non-native-theme.gtk.scrollbar.allow-buttons': true,
  // No back-forward cache.
  'browser.sessionhistory.max_total_viewers': 0,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'app.update.disabledForTesting': true,
  // The tests kill the browser of an unresponsive page; it must not stop the script itself.
  'dom.ipc.processHangMonitor': false,
  'dom.max_script_run_time': 0,
  'ui.systemUsesDarkTheme': 0,
};

const NAMES = {
  'POST /url': 'WebDriver:Navigate',
  'POST /frame': 'WebDriver:SwitchToFrame',
  'POST /execute/async': 'WebDriver:ExecuteAsyncScript',
  'POST /actions': 'WebDriver:PerformActions',
  'GET /window/handles': 'WebDriver:GetWindowHandles',
  'POST /window': 'WebDriver:SwitchToWindow',
  'DELETE /window': 'WebDriver:CloseWindow',
  'GET /screenshot': 'WebDriver:TakeScreenshot',
};

/** Resolves with `send(method, path, parameters)`, which sends commands to a new session, and `stop`. */
export async function startFirefox(capabilities) {
  const folder = await makeFolder();
  const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`);
  await writeFile(join(folder, 'user.js'), lines.join(''));
  const program = findProgram('FIREFOX', ['firefox-esr', 'firefox'], 'firefox-esr');
  const browser = startProgram(program, ['--headless', '--marionette', '--no-remote', '--profile', folder], {
    folder,
    env: { HOME: folder },
  });
  try {
    const port = await until(
      'Firefox names its port',
      async () => Number(await readFile(join(folder, 'MarionetteActivePort'), 'utf8').catch(() => '')) || undefined,
    );
    const socket = net.connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const call = converse(socket);
    // Unlike WebDriver, Marionette takes capabilities without `alwaysMatch`. With the others, it keeps its defaults.
    await call('WebDriver:NewSession', { acceptInsecureCerts: capabilities.acceptInsecureCerts });
    return {
      async send(method, path, parameters) {
        const { value } = await call(NAMES[`${method} ${path}`], parameters);
        return value;
      },
      stop() {
        socket.destroy();
        return browser.stop();
      },
    };
  } catch (error) {
    await browser.stop();
    throw error;
  }
}

/** Packets are `length:[type, number, error or name, result or parameters]`. */
function converse(socket) {
  const waiting = new Map();
  let count = 0;
  let bytes = Buffer.alloc(0);
  socket.on('data', (more) => {
    bytes = Buffer.concat([bytes, more]);
    for (;;) {
      const colon = bytes.indexOf(':');
      const end = colon + 1 + Number(bytes.subarray(0, Math.max(colon, 0)));
      if (colon < 1 || bytes.length < end) return;
      const packet = JSON.parse(bytes.subarray(colon + 1, end));
      bytes = bytes.subarray(end);
      if (!Array.isArray(packet)) continue; // the greeting
      const [, number, error, result] = packet;
      const { resolve, reject } = waiting.get(number);
      waiting.delete(number);
      if (error) reject(Object.assign(new Error(error.message), { code: error.error }));
      else resolve(Array.isArray(result) ? { value: result } : result);
    }
  });
  const fail = (error) => {
    for (const { reject } of waiting.values()) reject(error ?? new Error('Firefox has ended'));
    waiting.clear();
  };
  socket.on('error', fail);
  socket.on('close', () => fail());
  return (name, parameters = {}) =>
    new Promise((resolve, reject) => {
      const number = (count += 1);
      waiting.set(number, { resolve, reject });
      const packet = JSON.stringify([0, number, name, parameters]);
      socket.write(`${Buffer.byteLength(packet)}:${packet}`);
    });
}
