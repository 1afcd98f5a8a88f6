// Starts programs for tests, each with a separate folder, and ends them with their children.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Milliseconds within which a program must start. */
const SLOWEST_START = 60_000;

/** The path of a program: what the variable says, else the first of the names that is found. */
export function findProgram(variable, names, debian) {
  const places = process.env.PATH.split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const found = process.env[variable] ?? places.find(existsSync);
  if (!found) throw new Error(`The tests need ${names[0]} (Debian: ${debian}); ${variable} may name it.`);
  return found;
}

export const makeFolder = () => mkdtemp(join(tmpdir(), 'widgetd-browser-'));

// A signal would end this process without its `exit` event, and the programs would keep running.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

/** Starts a program. `stop` ends it and its children, and deletes its folder. */
export function startProgram(path, args, { folder, env = {}, stdout = 'ignore' }) {
  const child = spawn(path, args, { env: { ...process.env, ...env }, stdio: ['ignore', stdout, 'ignore'], detached: true });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const end = () => {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  };
  process.on('exit', end);
  return {
    stdout: child.stdout,
    async stop() {
      end();
      process.off('exit', end);
      await ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** Calls the function until its result is not undefined. */
export async function until(what, ask) {
  const end = Date.now() + SLOWEST_START;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${SLOWEST_START / 1000} seconds`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
