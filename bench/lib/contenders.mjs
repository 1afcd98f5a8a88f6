// Who is measured, and how once.

import { pgbench, wrk } from './load.mjs';
import { peakMemory, processorMicros } from './machine.mjs';
import { checkService } from './message.mjs';
import { serve, wait } from './processes.mjs';

const WARM_UP_SECONDS = 2;
/** By then what wrk dropped at its end has been written. */
const SETTLING = 500;

/** The first is what the others are compared with. */
export function contenders({ programs, postgres, sqlite }) {
  const widgetd = (database) => ({
    WIDGETD_BIND: '127.0.0.1:0',
    WIDGETD_DATABASE_URL: database.urls.widgetd,
    WIDGETD_RATE_LIMIT_MESSAGE: 'off',
  });
  return [
    { name: 'widgetd', database: postgres, program: programs.widgetd, env: widgetd(postgres) },
    { name: 'pgbench, the bare INSERT', database: postgres },
    { name: 'widgetd, one INSERT a message', database: postgres, program: programs.singleRow, env: widgetd(postgres) },
    { name: 'axum + sqlx', database: postgres, program: programs.peer, env: { DATABASE_URL: postgres.urls.sqlx } },
    { name: 'widgetd on SQLite', database: sqlite, program: programs.widgetd, env: widgetd(sqlite) },
  ];
}

/** Puts one contender on a new database and under load, and checks that every acknowledged message is there. */
export async function measure(contender, load) {
  const { database, program, env } = contender;
  await database.make();
  const service = program ? await serve(program, [], env) : null;
  if (service) await checkService(service.origin, database.key);
  const put = (load) =>
    service ? wrk(service.origin, database.key, load) : pgbench(database.cluster, 'measured', load);

  await put({ ...load, seconds: WARM_UP_SECONDS });
  await wait(SETTLING);
  await database.checkpoint();
  const rowsBefore = await database.rows(service?.origin);
  const usedBefore = await processorTimes(service, database);
  const { acknowledged, unknown, perSecond, p50, p99 } = await put(load);
  const used = await processorTimes(service, database);
  await wait(SETTLING);
  const rows = (await database.rows(service?.origin)) - rowsBefore;
  if (rows < acknowledged || rows > acknowledged + unknown) {
    throw new Error(`${contender.name}: ${acknowledged} messages were acknowledged, ${rows} are there`);
  }
  const memory = service && (await peakMemory(service.pid));
  await service?.stop();
  const [serviceMicros, databaseMicros] = used.map((micros, n) => micros && (micros - usedBefore[n]) / acknowledged);
  return { perSecond, p50, p99, serviceMicros, databaseMicros, memory };
}

const processorTimes = (service, database) =>
  Promise.all([service, database].map((used) => (used?.pid ? processorMicros(used.pid) : null)));
