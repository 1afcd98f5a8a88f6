// Starts a widgetd for a test with a new database.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const binary = process.argv[2] ?? new URL('../../target/debug/widgetd', import.meta.url).pathname;

/** Starts widgetd on an empty database and resolves with the key and the address that it prints. `settings` are variables. */
export async function start(settings = {}, program = binary) {
  const folder = await mkdtemp(join(tmpdir(), 'widgetd-test-'));
  const env = { PATH: process.env.PATH, WIDGETD_BIND: '127.0.0.1:0', WIDGETD_DATABASE_URL: `sqlite:${folder}/widgetd.db`, ...settings };
  const child = spawn(program, ['serve'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const found = {};
  for await (const line of createInterface({ input: child.stdout })) {
    found.key ??= line.match(/wgt_[0-9A-Za-z]+/)?.[0];
    found.origin = line.match(/listening on (http:\/\/\S+)/)?.[1];
    if (found.origin) break;
  }
  child.stdout.resume();
  assert.ok(found.key && found.origin, 'widgetd must print its first key and its address');
  return {
    ...found,
    /** The file of the database. */
    database: `${folder}/widgetd.db`,
    /** Creates a key for the workspace. It has all permissions by default. */
    async createKey(workspace, permissions = 'WIDGETS_USE_BASIC,WIDGETS_MANAGE') {
      const args = ['key', 'create', '--workspace', workspace, '--user', 'test', '--permissions', permissions];
      const { stdout } = await promisify(execFile)(program, args, { env });
      return stdout.trim();
    },
    async stop() {
      child.kill('SIGTERM');
      assert.equal(await ended, 0, 'widgetd must end with 0 on SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
