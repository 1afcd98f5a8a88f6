// A widgetd under attack: how it is asked, and what its processes take.

import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';

import { serve } from '../../bench/lib/processes.mjs';

/** The kernel gives a worker no more address space than this, in MB; it never has more in memory. */
export const WORKER_MB = 2048;

/** How often workers are looked at, in milliseconds: one that ends takes its figures with it. */
const LOOK = 20;

/** The kernel's unit of processor time, in milliseconds (proc(5), sysconf(_SC_CLK_TCK)). */
const TICK = 10;

export class Service {
  /** Starts widgetd on a new database, with no limit to the rate of requests. */
  static async start(program, database, checker) {
    const limits = Object.fromEntries(['WRITE', 'LIST', 'MESSAGE', 'PREVIEW'].map((kind) => [`WIDGETD_RATE_LIMIT_${kind}`, 'off']));
    const env = {
      PATH: process.env.PATH,
      WIDGETD_BIND: '127.0.0.1:0',
      WIDGETD_DATABASE_URL: database,
      WIDGETD_SCHEMA_CHECKER: checker,
      RUST_LOG: 'error',
      ...limits,
    };
    const service = new Service(program, env, await serve(program, [], env));
    service.key = service.running.printed.match(/wgt_[0-9A-Za-z]+/)[0];
    return service;
  }

  constructor(program, env, running) {
    Object.assign(this, { program, env, running, began: beganAt(running.pid), workerPeak: 0 });
    this.looking = setInterval(() => this.#look(), LOOK);
  }

  /** Another key with all permissions, in a separate workspace. */
  async createKey(workspace) {
    const permissions = 'WIDGETS_USE_BASIC,WIDGETS_MANAGE';
    const args = ['key', 'create', '--workspace', workspace, '--user', 'attack', '--permissions', permissions];
    return (await promisify(execFile)(this.program, args, { env: this.env })).stdout.trim();
  }

  get(path, key = this.key) {
    return this.#ask('GET', path, undefined, key);
  }

  /** Posts a body, which is JSON as text; resolves with status, body and milliseconds. */
  post(path, body, key = this.key) {
    return this.#ask('POST', path, body, key);
  }

  async #ask(method, path, body, key) {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const begun = performance.now();
    const response = await fetch(`${this.running.origin}${path}`, { method, headers, body });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text), took: performance.now() - begun };
  }

  validate(component, key, schema = '{"type":"object"}') {
    return this.post('/api/v1/widget/validate', `{"schema":${schema},"component":${JSON.stringify(component)}}`, key);
  }

  async isLive() {
    const response = await fetch(`${this.running.origin}/health/live`);
    await response.arrayBuffer();
    return response.status === 200;
  }

  /** Workers that ended or were killed so far, and were replaced. */
  async workersReplaced() {
    const metrics = await (await fetch(`${this.running.origin}/metrics`)).text();
    return Number(metrics.match(/^widgetd_workers_replaced_total (\d+)$/m)[1]);
  }

  /** The processor time of the service, of its workers, and of the workers that ended, in milliseconds. */
  processorTime() {
    const own = ticks(this.running.pid);
    const workers = childrenOf(this.running.pid).map((worker) => ticks(worker).itself);
    return (own.itself + own.endedChildren + workers.reduce((sum, time) => sum + time, 0)) * TICK;
  }

  /** Whether it is another process than the one that was started, or none at all. */
  get hasRestarted() {
    return beganAt(this.running.pid) !== this.began;
  }

  /** The most memory that the process had at once since the last time this was asked, and that any worker had, in MB. */
  takePeaks() {
    this.#look();
    const peaks = { service: megabytes(this.running.pid, 'VmHWM'), worker: this.workerPeak };
    this.workerPeak = 0;
    writeFileSync(`/proc/${this.running.pid}/clear_refs`, '5'); // proc(5): resets VmHWM
    return peaks;
  }

  #look() {
    for (const worker of childrenOf(this.running.pid)) {
      this.workerPeak = Math.max(this.workerPeak, megabytes(worker, 'VmHWM'));
    }
  }

  async stop() {
    clearInterval(this.looking);
    await this.running.stop();
  }
}

/** The start time of a process in kernel ticks; undefined if no process has the id. */
function beganAt(pid) {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

function childrenOf(pid) {
  let tasks;
  try {
    tasks = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  return tasks.flatMap((task) => (read(`/proc/${pid}/task/${task}/children`) ?? '').split(' ').filter(Boolean));
}

const megabytes = (pid, field) => Number(read(`/proc/${pid}/status`)?.match(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm'))?.[1] ?? 0) / 1024;

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // it has just ended
  }
}

/** A process's own processor time and that of its children that ended, in ticks: proc(5), the fields 14 to 17 of stat. */
function ticks(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [user, system, endedUser, endedSystem] = stat.slice(stat.lastIndexOf(') ') + 2).split(' ').slice(11, 15).map(Number);
    return { itself: user + system, endedChildren: endedUser + endedSystem };
  } catch {
    return { itself: 0, endedChildren: 0 }; // it ended meanwhile
  }
}
