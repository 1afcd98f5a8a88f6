// Attacks a release of widgetd with everything that the tests attack its parts with. `scripts/attack` builds what this needs
// and runs it; the table is explained in docs/performance.md.
//
//   node tests/attack/main.mjs <path of widgetd> <of attack_schemas> <of attack_sources> [--on PART] [--seed N]

import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { Cluster } from '../../bench/lib/cluster.mjs';
import { describe } from '../../bench/lib/machine.mjs';
import { run, stopAll } from '../../bench/lib/processes.mjs';
import { almostModules, tryAlmostModules, tryHostileSources, tryPolicy } from './components.mjs';
import { tryCosts } from './costs.mjs';
import { floodOfComponents, floodOfCosts, floodOfData } from './others.mjs';
import { trySchemas } from './schemas.mjs';
import { Service, WORKER_MB } from './service.mjs';
import { Tally, table } from './tally.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { on: { type: 'string', default: '' }, seed: { type: 'string', default: '1' } },
});
const [widgetd, schemas, components] = positionals;

async function lines(program) {
  return (await run(program, [])).split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

async function inputs() {
  const [ofSchemas, ofComponents] = [await lines(schemas), await lines(components)];
  const only = (all, ...items) => all.filter(({ item }) => items.includes(item));
  return {
    suite: only(ofSchemas, 'suite'),
    hostile: only(ofSchemas, 'hostile'),
    costs: only(ofSchemas, 'cost'),
    sources: only(ofComponents, 'shape', 'killer'),
    policy: only(ofComponents, 'policy'),
    modules: await almostModules(Number(values.seed)),
  };
}

/** The items on one service, one after the other. The last two hold for each checker of schemas; components know of none. */
async function attack({ where, database, checker, onlySchemas = false }, all, tallies, notes) {
  console.error(`\n== ${where}`);
  const service = await Service.start(widgetd, await database(), checker);
  const honestKey = await service.createKey('honest');
  const item = async (name, work) => {
    const tally = new Tally(name, where);
    tallies.push(tally);
    service.takePeaks();
    const note = await work(tally);
    await tally.end(service, WORKER_MB);
    console.error(`${name}: ${tally.tried} tried, slowest ${Math.round(tally.slowest)} ms (${tally.slowestName}), ${tally.broken.length} broken`);
    if (typeof note === 'string') notes.push(note);
    return note;
  };
  await item('1 JSON-Schema-Test-Suite', (tally) => trySchemas(service, tally, all.suite).then(() => null));
  const slowest = await item('2 hostile schemas and data', (tally) => trySchemas(service, tally, all.hostile));
  await item('2 eight large messages at once', (tally) => floodOfData(service, tally, slowest, honestKey));
  const costs = await item('2 expensive requests, one at a time', (tally) => tryCosts(service, tally, all.costs));
  await item('2 twelve expensive requests at once', (tally) => floodOfCosts(service, tally, costs, honestKey));
  if (!onlySchemas) {
    await item('3 hostile components', (tally) => tryHostileSources(service, tally, all.sources, honestKey));
    await item('3 eight endless components at once', (tally) => floodOfComponents(service, tally, honestKey));
    await item('4 modules that are almost right', (tally) => tryAlmostModules(service, tally, all.modules));
    await item('5 policy', (tally) => tryPolicy(service, tally, all.policy));
  }
  await service.stop();
}

async function main(folder) {
  const postgres = async () => {
    const cluster = await Cluster.start(join(folder, 'pg'));
    await cluster.query('postgres', 'CREATE DATABASE attacked');
    return cluster.urls('attacked').widgetd;
  };
  const services = [
    { where: 'SQLite', database: () => `sqlite:${folder}/attacked.db`, checker: 'jsonschema' },
    { where: 'SQLite, valico', database: () => `sqlite:${folder}/valico.db`, checker: 'valico', onlySchemas: true },
    { where: 'PostgreSQL', database: postgres, checker: 'jsonschema' },
  ];
  const all = await inputs();
  const [tallies, notes] = [[], []];
  for (const service of services.filter(({ where }) => where.includes(values.on))) await attack(service, all, tallies, notes);
  console.log(`${await describe(folder)}\n\n${table(tallies)}\n`);
  notes.forEach((note) => console.log(`- ${note}`));
  const broken = tallies.flatMap((tally) => tally.broken);
  if (broken.length > 0) {
    console.log(`\n${broken.length} promises were broken:\n${broken.slice(0, 30).map((how) => `- ${how.slice(0, 600)}`).join('\n')}`);
    process.exitCode = 1;
  }
}

const folder = await realpath(await mkdtemp(join(tmpdir(), 'widgetd-attack-')));
await chmod(folder, 0o755); // the user of the database server goes through it
const end = async (code) => {
  await stopAll();
  await rm(folder, { recursive: true, force: true });
  if (code !== undefined) process.exit(code);
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end(1));
try {
  await main(folder);
} finally {
  await end();
}
