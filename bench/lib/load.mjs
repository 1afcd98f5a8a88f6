// The two that make load: wrk on a service, pgbench on PostgreSQL itself.

import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { clientThreads } from './machine.mjs';
import { body, data, message } from './message.mjs';
import { run } from './processes.mjs';

const script = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
/** Of a tenth of the transactions pgbench writes down how long they took: enough for a percentile, and cheap. */
const SAMPLED = 0.1;

/** What `send.lua` counted. At its end wrk drops the requests in flight, at most one a connection. */
export async function wrk(origin, key, { connections, seconds }) {
  const args = ['-t', clientThreads(connections), '-c', connections, '-d', `${seconds}s`, '--timeout', '10s'];
  const printed = await run('wrk', [...args, '-s', script('send.lua'), origin, '--', key, body]);
  const counted = JSON.parse(printed.match(/^bench (.*)$/m)[1]);
  if (counted.refused + counted.lost > 0) throw new Error(`not all were answered with 201: ${JSON.stringify(counted)}`);
  return {
    acknowledged: counted.answers,
    unknown: connections,
    perSecond: counted.answers / (counted.micros / 1e6),
    p50: counted.p50 / 1e3,
    p99: counted.p99 / 1e3,
  };
}

/** The same row by `insert.sql`. */
export async function pgbench(cluster, database, { connections, seconds }) {
  const prefix = join(cluster.folder, 'transactions');
  const values = { workspace: 'default', key: message.widgetKey, user: 'admin', text: message.text, data };
  const found = "SELECT concat_ws(' ', id, version) FROM widget WHERE workspace_id = :'workspace' AND key = :'key'";
  [values.widget, values.version] = (await cluster.query(database, found, values)).split(' ');
  const threads = clientThreads(connections);
  const args = ['-n', '-M', 'prepared', '-f', script('insert.sql'), '-c', connections, '-j', threads, '-T', seconds];
  const log = ['--log', `--log-prefix=${prefix}`, `--sampling-rate=${SAMPLED}`];
  const variables = Object.entries(values).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
  const where = ['-h', cluster.folder, '-U', 'postgres', database];
  const printed = await run(join(cluster.programs, 'pgbench'), [...args, ...log, ...variables, ...where]);
  const times = await loggedTimes(cluster.folder);
  return {
    acknowledged: Number(printed.match(/transactions actually processed: (\d+)/)[1]),
    unknown: 0,
    perSecond: Number(printed.match(/^tps = ([\d.]+)/m)[1]),
    p50: times[Math.floor(times.length / 2)] / 1e3,
    p99: times[Math.floor(times.length * 0.99)] / 1e3,
  };
}

/** Microseconds of the transactions that were written down, in order. */
async function loggedTimes(folder) {
  const times = [];
  for (const name of (await readdir(folder)).filter((name) => name.startsWith('transactions.'))) {
    const lines = (await readFile(join(folder, name), 'utf8')).trim().split('\n');
    times.push(...lines.filter(Boolean).map((line) => Number(line.split(' ')[2])));
    await rm(join(folder, name));
  }
  return times.sort((a, b) => a - b);
}
