// Holds a running widgetd to its own OpenAPI document with Schemathesis, on both databases.
//
//   node run.mjs <path of widgetd> <path of schemathesis> <path of test-postgres's example 'database'> [examples] [seed]

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { start } from '../lib/widgetd.mjs';

const [schemathesis, database, examples = '40', seed = '1'] = process.argv.slice(3);
const WITHOUT_LIMITS = Object.fromEntries(['WRITE', 'LIST', 'MESSAGE', 'PREVIEW'].map((kind) => [`WIDGETD_RATE_LIMIT_${kind}`, 'off']));

/** Schemathesis ends with this when a check found something; with 2 when it could not run. */
const FOUND_SOMETHING = 1;

/** Starts a service on this database and hands `use` a function that runs Schemathesis against it and resolves with how it ended. */
async function served(settings, use) {
  const folder = await mkdtemp(join(tmpdir(), 'widgetd-schemathesis-'));
  const widgetd = await start({ ...WITHOUT_LIMITS, ...settings });
  try {
    const keys = join(folder, 'keys.json');
    const user = (name, key) => ({ name, fixedHeaders: [{ name: 'Authorization', value: `Bearer ${key}` }] });
    const auth = [user('owner', widgetd.key), user('stranger', await widgetd.createKey('elsewhere'))];
    await writeFile(keys, JSON.stringify({ auth }));
    const env = {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONPATH: '.',
      // What Hypothesis keeps of a run belongs into no working tree.
      HYPOTHESIS_STORAGE_DIRECTORY: join(folder, 'hypothesis'),
      WIDGETD_ORIGIN: widgetd.origin,
      WIDGETD_KEY: widgetd.key,
      WIDGETD_KEYS: keys,
    };
    return await use(widgetd.origin, folder, async (args, stdio) => {
      const options = ['--max-examples', examples, '--seed', seed, '--no-color'];
      const cwd = dirname(fileURLToPath(import.meta.url));
      return (await once(spawn(schemathesis, ['run', ...args, ...options], { cwd, env, stdio }), 'exit'))[0];
    });
  } finally {
    await widgetd.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Whether every check of every operation holds. */
const holds = (settings) => served(settings, async (origin, _folder, run) => (await run([`${origin}/openapi.json`], 'inherit')) === 0);

/** A document that says something else than the service must be found out: that a run can fail at all. */
const aFalseDocumentIsFoundOut = () => served({}, async (origin, folder, run) => {
  const document = await (await fetch(`${origin}/openapi.json`)).json();
  document.components.schemas.PrebuiltWidget.properties.version.type = 'string';
  const file = join(folder, 'false.json');
  await writeFile(file, JSON.stringify(document));
  const ended = await run([file, '--url', origin, '--include-operation-id', 'listPrebuiltWidgets', '--phases', 'coverage'], 'ignore');
  assert.equal(ended, FOUND_SOMETHING, 'a document with a false type must be found out');
});

/** An empty database on PostgreSQL; `drop` ends it. */
async function postgres() {
  const child = spawn(database, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [url] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    url,
    async drop() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

console.log(`scripts/schemathesis ${examples} ${seed}`);
await aFalseDocumentIsFoundOut();
console.log('\n== on SQLite');
const onSqlite = await holds({});
console.log('\n== on PostgreSQL');
const server = await postgres();
const onPostgres = await holds({ WIDGETD_DATABASE_URL: server.url }).finally(server.drop);
if (!onSqlite || !onPostgres) process.exitCode = 1;
