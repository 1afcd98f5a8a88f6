// Starting programs, and ending whatever still runs when the driver ends.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const running = new Set();
let stopping = false;

/** Runs a program to its end and resolves with what it printed. One that fails is an error with what it said. */
export async function run(program, args, { input = '', ...options } = {}) {
  const child = start(program, args, { stdio: 'pipe', ...options });
  let printed = '';
  let said = '';
  child.stdout.setEncoding('utf8'); // a character may arrive in two parts
  child.stdout.on('data', (data) => (printed += data));
  child.stderr.on('data', (data) => (said += data));
  child.stdin.on('error', () => {}); // one that failed before it read says so itself
  child.stdin.end(input);
  const code = await child.ended;
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said || printed}`);
  return printed;
}

/** Starts a service, and resolves once it has printed where it listens. */
export async function serve(program, args, env) {
  const child = start(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (data) => (said = (said + data).slice(-2_000)));
  let printed = '';
  for await (const line of createInterface({ input: child.stdout })) {
    printed += `${line}\n`;
    if (line.includes('listening on ')) break;
  }
  const origin = printed.match(/listening on (http:\/\/[^\s/]+)/)?.[1];
  if (!origin) throw new Error(`${program} did not start: ${said || printed}`);
  child.stdout.resume();
  return { origin, printed, pid: child.pid, stop: () => stop(child) };
}

/**
 * Starts a program that `stopSignal` ends. It is in a separate process group: a terminal's Ctrl-C reaches only the driver,
 * which then ends what it started.
 */
export function start(program, args, { stopSignal = 'SIGTERM', ...options }) {
  if (stopping) throw new Error('interrupted');
  const child = spawn(program, args, { detached: true, ...options });
  child.stopSignal = stopSignal;
  child.ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? signal));
  }).finally(() => running.delete(child));
  child.ended.catch(() => {}); // callers that await it get the error
  running.add(child);
  return child;
}

export async function stop(child) {
  child.kill(child.stopSignal);
  const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await child.ended.catch(() => {});
  clearTimeout(late);
}

/** Ends what still runs, a service before its database. From here on nothing is started. */
export async function stopAll() {
  stopping = true;
  for (const child of [...running].reverse()) await stop(child);
}

export const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
