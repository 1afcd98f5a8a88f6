// What the operating system says of processes, and of the machine.

import { readFile, readdir } from 'node:fs/promises';
import os from 'node:os';

/** Linux counts processor time in hundredths of a second. */
const TICK_MICROS = 10_000;

/** What measures gets no more threads than this of the machine that it shares with what is measured. */
export function clientThreads(connections) {
  return Math.min(connections, Math.max(2, Math.floor(os.cpus().length / 2)));
}

/** Microseconds of processor time that a process and its children have used so far, those that have ended included. */
export async function processorMicros(pid) {
  const tree = (await processes()).filter((process) => process.pid === pid || process.parent === pid);
  return tree.reduce((sum, process) => sum + process.ticks, 0) * TICK_MICROS;
}

/** The most memory that a process has held at once, in MB. */
export async function peakMemory(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(status.match(/VmHWM:\s+(\d+) kB/)[1]) / 1024;
}

/** What figures from another machine would differ by. */
export async function describe(folder) {
  const cpus = os.cpus();
  const device = await mountOf(folder);
  const memory = Math.round(os.totalmem() / 2 ** 30);
  return `${cpus.length} × ${cpus[0].model.trim()}, ${memory} GB, Linux ${os.release()}, database on ${device}`;
}

async function processes() {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)));
  return stats.filter(Boolean).map((stat) => {
    // The name, in brackets, may hold anything; after it come state, parent and, from the 12th on, the four times.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { pid: parseInt(stat), parent: Number(fields[1]), ticks };
  });
}

/** The file system that a folder is on, such as `ext4 (/dev/vda)`. */
async function mountOf(folder) {
  const mounts = (await readFile('/proc/mounts', 'utf8')).trim().split('\n').map((line) => line.split(' '));
  const holding = mounts.filter(([, place]) => place === '/' || folder === place || folder.startsWith(`${place}/`));
  const [device, , type] = holding.reduce((best, mount) => (mount[1].length >= best[1].length ? mount : best));
  return device.startsWith('/') ? `${type} (${device})` : type;
}
