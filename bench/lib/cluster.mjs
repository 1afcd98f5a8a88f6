// A PostgreSQL server for the length of the run, with the settings that PostgreSQL comes with.

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { run, start, wait } from './processes.mjs';

const PROGRAMS = ['initdb', 'postgres', 'psql', 'pgbench'];
const DEBIAN = '/usr/lib/postgresql';
/** What decides what a commit costs; shown with the figures. */
const SETTINGS = ['fsync', 'synchronous_commit', 'full_page_writes', 'wal_sync_method', 'shared_buffers'];

export class Cluster {
  /** Makes a cluster in this folder, which must be empty, and starts it. It is reached over a socket there. */
  static async start(folder) {
    const cluster = new Cluster(folder, programs());
    const user = serverUser();
    await mkdir(folder);
    if (user.uid !== undefined) await chown(folder, user.uid, user.gid);
    const data = join(folder, 'data');
    const options = { ...user, cwd: '/', env: { PATH: process.env.PATH, LC_ALL: 'C' } };
    const initdb = ['--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '-D', data];
    await run(join(cluster.programs, 'initdb'), initdb, options);
    const args = ['-D', data, '-c', `unix_socket_directories=${folder}`, '-c', 'listen_addresses='];
    // There is nothing to keep: SIGQUIT, "immediate", does not wait for clients.
    const running = { ...options, stdio: 'ignore', stopSignal: 'SIGQUIT' };
    const server = start(join(cluster.programs, 'postgres'), args, running);
    cluster.pid = server.pid;
    await cluster.#answers(server);
    return cluster;
  }

  constructor(folder, directory) {
    this.folder = folder;
    this.programs = directory;
  }

  /** Each of the drivers has its own way to write a socket's folder into a URL. */
  urls(database) {
    const folder = encodeURIComponent(this.folder);
    return {
      widgetd: `postgres://postgres@${folder}/${database}`,
      sqlx: `postgres://postgres@localhost/${database}?host=${folder}`,
    };
  }

  /** Runs a statement in which `:'name'` stands for a value, and resolves with the only value of its answer. */
  async query(database, sql, values = {}) {
    const variables = Object.entries(values).flatMap(([name, value]) => ['-v', `${name}=${value}`]);
    const args = ['-XAtq', '-v', 'ON_ERROR_STOP=1', ...variables, ...this.where(database), '-f', '-'];
    return (await run(join(this.programs, 'psql'), args, { input: sql })).trim();
  }

  where(database) {
    return ['-h', this.folder, '-U', 'postgres', '-d', database];
  }

  async describe() {
    const version = await this.query('postgres', 'SHOW server_version');
    const settings = SETTINGS.map(async (name) => `${name}=${await this.query('postgres', `SHOW ${name}`)}`);
    return `PostgreSQL ${version} (${(await Promise.all(settings)).join(', ')})`;
  }

  async #answers(server) {
    let ended = false;
    server.ended.finally(() => (ended = true)).catch(() => {});
    for (let tries = 0; tries < 100; tries += 1) {
      if (ended) break;
      const answer = await this.query('postgres', 'SELECT 1').catch(() => null);
      if (answer === '1') return;
      await wait(100);
    }
    throw new Error(`PostgreSQL does not start in ${this.folder} (more than 90 characters are too many for its socket)`);
  }
}

/** The folder of PostgreSQL's programs: on the PATH, or where Debian has them, the newest version first. */
function programs() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => b - a) : [];
  const folders = [...process.env.PATH.split(':'), ...versions.map((version) => join(DEBIAN, version, 'bin'))];
  const found = folders.find((folder) => PROGRAMS.every((program) => existsSync(join(folder, program))));
  if (!found) throw new Error(`no folder on the PATH or under ${DEBIAN} has ${PROGRAMS.join(', ')}`);
  return found;
}

/** PostgreSQL refuses to be run by root. */
function serverUser() {
  if (process.getuid() !== 0) return {};
  const id = (flag, name) => Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }));
  for (const name of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', name), gid: id('-g', name) };
    } catch {
      // There is no such user.
    }
  }
  throw new Error("PostgreSQL refuses root, and there is neither a user 'postgres' nor 'nobody'");
}
