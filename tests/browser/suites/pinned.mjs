// The library files that a version was saved with: they are in the database, and are served from there when the program has others.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';

import { preview } from '../lib/api.mjs';
import { openHost, raised, widgetFrame } from '../lib/host-page.mjs';
import { test } from '../lib/test.mjs';

const WIDGET = `import { Bar, BarChart } from 'recharts';
import { Ship } from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { Dialog, DialogContent, DialogTitle, DialogTrigger } from '@/components/ui/dialog';
export default function Port() {
  return (
    <main>
      <Badge><Ship /> Port</Badge>
      <BarChart width={200} height={100} data={[{ ships: 3 }, { ships: 5 }]}><Bar dataKey="ships" isAnimationActive={false} /></BarChart>
      <Dialog><DialogTrigger>Open</DialogTrigger><DialogContent><DialogTitle>Ships</DialogTitle></DialogContent></Dialog>
    </main>
  );
}`;

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const importsOf = (code, folder) => [
  ...new Set(Array.from(code.matchAll(new RegExp(`["']${folder}([0-9a-f]{64})\\.js["']`, 'g')), ([, digest]) => digest)),
];
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

/** Runs a statement on the database of the service, and resolves with its rows. */
function query({ database }, statement) {
  const running = promisify(execFile)('sqlite3', ['-json', '-cmd', '.timeout 10000', database], { maxBuffer: 1 << 26 });
  running.child.stdin.end(statement);
  return running.then(({ stdout }) => (stdout ? JSON.parse(stdout) : []));
}

export function pinnedSuite(given) {
  const get = async (path) => {
    const response = await fetch(given().stage.origin + path);
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };
  /** The files that a module needs, by digest, each after those that it imports. */
  const closure = async (module) => {
    const files = new Map();
    const visit = async (digest) => {
      if (files.has(digest)) return;
      const { status, text } = await get(`/assets/lib/${digest}.js`);
      assert.equal(status, 200);
      for (const next of importsOf(text, './')) await visit(next);
      files.set(digest, text);
    };
    for (const digest of importsOf(module, '\\.\\./lib/')) await visit(digest);
    return files;
  };

  test('a version renders with the libraries of another set, which only the database has', async () => {
    const { context, stage, widgetd } = given();
    const payload = await preview(given(), 'pinned', 'port', WIDGET);
    const module = (await get(payload.module)).text;
    const files = await closure(module);
    assert.ok(files.size > 3, `${files.size} files`);

    const rows = await query(widgetd, 'SELECT workspace_id, lower(hex(digest)) AS digest, code FROM library_file;');
    const stored = new Map(rows.map(({ digest, code }) => [digest, code]));
    for (const [digest, code] of files) {
      assert.equal(stored.get(digest), code, `the file ${digest} is stored`);
      assert.equal(sha256(code), digest);
    }

    // The same files, with other bytes and so with other digests.
    const others = new Map();
    const rewrite = (code) => code.replaceAll(/[0-9a-f]{64}(?=\.js)/g, (digest) => others.get(digest) ?? digest);
    const inserted = [];
    for (const [digest, code] of files) {
      const other = `/* another set */${rewrite(code)}`;
      others.set(digest, sha256(other));
      inserted.push(`(${quoted(rows[0].workspace_id)}, x'${sha256(other)}', ${quoted(other)})`);
    }
    await query(widgetd, `INSERT INTO library_file (workspace_id, digest, code) VALUES ${inserted.join(', ')};`);
    const [first] = others.values();
    const answer = await get(`/assets/lib/${first}.js`);
    assert.equal(answer.status, 200);
    assert.match(answer.type, /^text\/javascript/);
    assert.equal(sha256(answer.text), first);

    const page = await openHost(context, stage, [{ ...payload, module: stage.module(rewrite(module)) }]);
    await raised(page, 'widget-ready');
    const frame = await widgetFrame(page);
    await frame.waitForSelector('.recharts-bar-rectangle path');
    assert.equal(await frame.locator('[data-slot=badge] svg.lucide-ship').count(), 1);
    const requested = stage.requests.filter((path) => [...others.values()].some((digest) => path === `/assets/lib/${digest}.js`));
    assert.equal(new Set(requested).size, files.size);
    assert.deepEqual(await page.evaluate(() => window.raised.filter(({ type }) => type === 'widget-error')), []);
  });
}
