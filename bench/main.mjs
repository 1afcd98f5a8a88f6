// Measures how many messages a second are stored durably. `scripts/bench` builds what this needs and runs it; what the
// figures mean is in docs/performance.md.
//
//   node bench/main.mjs <path of widgetd> <of single_row> <of peer-axum-sqlx> [options]

import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { Cluster } from './lib/cluster.mjs';
import { contenders, measure } from './lib/contenders.mjs';
import { Postgres, Sqlite } from './lib/databases.mjs';
import { describe } from './lib/machine.mjs';
import { stopAll } from './lib/processes.mjs';
import { table } from './lib/report.mjs';

const USAGE = `usage: scripts/bench [options]
  --rounds N           how often each contender is measured (5)
  --seconds N          for how long each time (10)
  --connections N,…    with how many connections at once (1,32,64)
  --directory D        on which disk the databases lie (the temporary folder)
  --only TEXT          only contenders whose name contains this, besides widgetd
`;

function options() {
  const text = (value) => ({ type: 'string', default: value });
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rounds: text('5'),
      seconds: text('10'),
      connections: text('1,32,64'),
      directory: text(tmpdir()),
      only: text(''),
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const number = (name, value) => {
    if (!/^[1-9]\d*$/.test(value)) throw new Error(`--${name} must be a whole number, not '${value}'`);
    return Number(value);
  };
  const [widgetd, singleRow, peer] = positionals;
  return {
    ...values,
    programs: { widgetd, singleRow, peer },
    rounds: number('rounds', values.rounds),
    seconds: number('seconds', values.seconds),
    connections: values.connections.split(',').map((value) => number('connections', value)),
  };
}

async function bench({ programs, rounds, seconds, connections, only }, folder) {
  const cluster = await Cluster.start(join(folder, 'pg'));
  const postgres = await Postgres.prepare(cluster, programs.widgetd);
  const sqlite = await Sqlite.prepare(join(folder, 'sqlite'), programs.widgetd);
  const [widgetd, ...others] = contenders({ programs, postgres, sqlite });
  const all = [widgetd, ...others.filter(({ name }) => name.includes(only))];
  console.log(`${await describe(folder)}; ${await cluster.describe()}; ${rounds} rounds of ${seconds} s`);

  const results = [];
  for (let round = 0; round < rounds; round += 1) {
    const figures = {};
    for (const count of connections) {
      figures[count] = {};
      // Each round begins with another one, so that none always follows the same.
      for (const place of all.keys()) {
        const contender = all[(place + round) % all.length];
        const figure = await measure(contender, { connections: count, seconds });
        figures[count][contender.name] = figure;
        const progress = `round ${round + 1} of ${rounds}, ${count} connections, ${contender.name}`;
        console.error(`${progress}: ${Math.round(figure.perSecond)} requests/s`);
      }
    }
    results.push(figures);
  }
  console.log(`\n${table(results, connections, all.map(({ name }) => name))}`);
}

async function main() {
  const chosen = options();
  if (chosen.help) return console.log(USAGE);
  const folder = await mkdtemp(join(await realpath(chosen.directory), 'widgetd-bench-'));
  await chmod(folder, 0o711); // PostgreSQL may be another user
  // What runs is ended, which fails what waits for it, which ends this.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      console.error(`${signal}: stopping`);
      stopAll();
    });
  }
  try {
    await bench(chosen, folder);
  } finally {
    await stopAll();
    await rm(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
});
