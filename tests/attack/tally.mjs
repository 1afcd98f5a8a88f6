// What came of the inputs of one item, and the table of them all.

/** The longest that any answer may take, in milliseconds. */
const SLOWEST = 3_000;

/** The most memory that the service may take, in MB: caches, a body of 1 MiB for each request in flight, and a reserve. */
const SERVICE_MB = 512;

export class Tally {
  constructor(item, where) {
    Object.assign(this, { item, where, tried: 0, refused: 0, accepted: 0, turnedAway: 0, slowest: 0, slowestName: '', broken: [] });
  }

  /**
   * Counts an answer. `accepted` is what it says; `expected` is what it should say, or null where either is right; `code` is
   * the error of a refusal, where that is an answer of 400.
   */
  count(name, { status, took, body }, accepted, expected, code) {
    this.tried += 1;
    if (took > this.slowest) Object.assign(this, { slowest: took, slowestName: name });
    if (took > SLOWEST) this.breaks(`${name}: answered after ${Math.round(took)} ms`);
    if (status === 503) this.turnedAway += 1;
    else if (accepted) this.accepted += 1;
    else this.refused += 1;
    if (status >= 500 && status !== 503) this.breaks(`${name}: ${status} ${JSON.stringify(body)}`);
    if (status === 400 && body.code !== code) this.breaks(`${name}: refused for another reason: ${JSON.stringify(body).slice(0, 300)}`);
    if (expected !== null && (accepted !== expected || status === 503)) {
      this.breaks(`${name}: ${status}, expected to be ${expected ? 'accepted' : 'refused'}: ${JSON.stringify(body).slice(0, 300)}`);
    }
  }

  /** Notes a promise that was broken. */
  breaks(how) {
    this.broken.push(`${this.item}, ${this.where}: ${how}`);
  }

  /** Ends the item: what the processes took and became. */
  async end(service, workerLimit) {
    this.restarts = service.hasRestarted ? 1 : 0;
    if (this.restarts > 0) return this.breaks('the service ended');
    this.peaks = service.takePeaks();
    const replaced = await service.workersReplaced();
    this.replaced = replaced - (service.replacedBefore ?? 0);
    service.replacedBefore = replaced;
    if (this.peaks.service > SERVICE_MB) this.breaks(`the service took ${Math.round(this.peaks.service)} MB`);
    if (this.peaks.worker > workerLimit) this.breaks(`a worker took ${Math.round(this.peaks.worker)} MB`);
  }
}

const HEAD = ['item', 'on', 'tried', 'refused', 'accepted', '503', 'slowest ms', 'most CPU ms', 'service MB', 'worker MB', 'restarts', 'workers replaced'];

/** The table, as Markdown. */
export function table(tallies) {
  const whole = (number) => Math.round(number ?? 0).toLocaleString('en');
  const measured = (number) => (number ? whole(number) : '–');
  const rows = tallies.map((it) => [
    it.item,
    it.where,
    ...[it.tried, it.refused, it.accepted, it.turnedAway, it.slowest].map(whole),
    measured(it.cost),
    ...[it.peaks?.service, it.peaks?.worker, it.restarts, it.replaced].map(whole),
  ]);
  const widths = HEAD.map((_, column) => Math.max(...[HEAD, ...rows].map((line) => line[column].length)));
  const written = (line) => `| ${line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column < 2 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [written(HEAD), rule, ...rows.map(written)].join('\n');
}
