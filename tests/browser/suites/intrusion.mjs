// Attacks of a widget on its page and its reader. Each first succeeds in a plain sandboxed frame.

import assert from 'node:assert/strict';

import { press, raised, widgetFrame } from '../lib/host-page.mjs';
import { begin, openHostile, openNaive } from '../lib/hostile.mjs';
import { listenForLeaks } from '../lib/listener.mjs';
import { test } from '../lib/test.mjs';

/** Milliseconds to wait for something that must not happen. */
const WAIT_MS = 1000;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Opens pages one after another in the same tab. */
function after({ context, stage }) {
  const first = stage.page('<!doctype html><title>The page before</title>');
  const newPage = async () => {
    const page = await context.newPage();
    await page.goto(first);
    return page;
  };
  return { first, visited: { stage, context: { newPage } } };
}

const HISTORY = {
  'history.back': { attack: () => addEventListener('message', () => history.back()), inert: ['chromium'] },
  'history.go': { attack: () => addEventListener('message', () => history.go(-1)), inert: ['chromium'] },
};

const SCROLLS = {
  scrollIntoView: () => setTimeout(() => document.body.scrollIntoView(), 300),
  'scrollIntoView, centered': () => setTimeout(() => document.body.scrollIntoView({ block: 'center', behavior: 'smooth' }), 300),
  focus: () => {
    const input = document.createElement('input');
    document.body.append(input);
    setTimeout(() => input.focus(), 300);
  },
};

/** Creates a link to the attacker's server, which the test clicks. */
const LINKS = {
  'a link': (to) => {
    const link = document.createElement('a');
    Object.assign(link, { id: 'target', href: to, textContent: 'A link' });
    document.body.append(link);
  },
  'a link when composedPath was patched': (to) => {
    Event.prototype.composedPath = () => [];
    Event.prototype.preventDefault = () => {};
    Array.prototype.some = () => false;
    const link = document.createElement('a');
    Object.assign(link, { id: 'target', href: to, textContent: 'A link' });
    document.body.append(link);
  },
  'a link in a closed shadow root': (to) => {
    const host = document.createElement('div');
    host.id = 'target';
    const link = document.createElement('a');
    Object.assign(link, { href: to, textContent: 'A link' });
    link.style.display = 'block';
    host.attachShadow({ mode: 'closed' }).append(link);
    document.body.append(host);
  },
  'an area': (to) => {
    const map = document.createElement('map');
    map.name = 'map';
    const area = document.createElement('area');
    Object.assign(area, { shape: 'default', href: to });
    map.append(area);
    const image = document.createElement('img');
    Object.assign(image, { id: 'target', useMap: '#map', width: 100, height: 50 });
    image.src = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"/>';
    document.body.append(image, map);
  },
  'what an SVG use shows of a link': (to) => {
    const make = (name, attributes, ...children) => {
      const element = document.createElementNS('http://www.w3.org/2000/svg', name);
      for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
      element.append(...children);
      return element;
    };
    const size = { width: 200, height: 100 };
    const link = make('a', { id: 'link', href: to }, make('rect', size));
    document.body.append(make('svg', size, make('defs', {}, link), make('use', { id: 'target', href: '#link' })));
  },
  'a formula with an address': (to) => {
    const [formula, text] = ['math', 'mtext'].map((name) => document.createElementNS('http://www.w3.org/1998/Math/MathML', name));
    Object.assign(formula, { id: 'target' }).setAttribute('href', to);
    text.textContent = 'A formula';
    formula.append(text);
    document.body.append(formula);
  },
};
/** Engines in which the plain attack has no effect. */
const INERT_LINKS = { chromium: ['a formula with an address'] };
const CLICKS = { 'a click': {}, 'a control-click': { modifiers: ['Control'] }, 'a middle click': { button: 'middle' } };

export function intrusionSuite(given, engine) {
  for (const [name, { attack, inert }] of Object.entries(HISTORY)) {
    test(`${name} of a widget does not navigate the page`, async () => {
      const { first, visited } = after(given());
      const stays = async (open) => {
        const page = await open();
        await page.attacked();
        await begin(page);
        await pause(WAIT_MS);
        const stays = (await page.evaluate(() => location.href)) !== first;
        await page.close();
        return stays;
      };
      assert.equal(await stays(() => openHostile(visited, attack)), true);
      assert.equal(await stays(() => openNaive(visited, attack)), inert.includes(engine), 'the attack itself works');
    });
  }

  test('one step back leaves a page with a widget', async () => {
    const attack = () => {
      for (let at = 0; at < 5; at += 1) history.pushState({ at }, '');
    };
    const { first, visited } = after(given());
    const leaves = async (open) => {
      const page = await open();
      await page.attacked();
      await page.evaluate(() => void setTimeout(() => history.back()));
      await pause(WAIT_MS);
      const leaves = (await page.evaluate(() => location.href)) === first;
      await page.close();
      return leaves;
    };
    assert.equal(await leaves(() => openHostile(visited, attack)), true);
    assert.equal(await leaves(() => openNaive(visited, attack)), false, 'the attack itself works');
  });

  for (const [name, attack] of Object.entries(SCROLLS)) {
    test(`a widget does not scroll the page with ${name}`, async () => {
      const style = 'body { padding: 1100px 0 2000px }';
      const page = await openHostile(given(), attack, { style });
      await pause(300 + WAIT_MS);
      assert.equal(await page.evaluate(() => scrollY), 0);
      await page.close();
      if (engine === 'webkit') return; // There the attack itself does not work.
      const naive = await openNaive(given(), attack, { style });
      await naive.waitForFunction(() => scrollY !== 0);
      await naive.close();
    });
  }

  test('a widget that sends messages to the window of the page is ended', async () => {
    const attack = () => {
      setInterval(() => {
        for (let at = 0; at < 100; at += 1) top.postMessage({ at }, '*');
      }, 20);
    };
    // It may be ended before it is ready.
    const page = await openHostile(given(), attack, { until: 'widget-error' });
    const { kind, fatal } = await raised(page, 'widget-error');
    assert.deepEqual([kind, fatal], ['flood', true]);
    await page.close();
    const naive = await openNaive(given(), attack, { before: '<script>window.heard = 0; onmessage = () => (heard += 1)</script>' });
    await naive.waitForFunction(() => window.heard > 2000, null, { timeout: 60_000 }); // The page has little time for anything else.
    await naive.close();
  });

  for (const [name, attack] of Object.entries(LINKS)) {
    /** Opens a page with the link, clicks on it, and returns the records of the attacker's server. */
    const reached = async (open, clicks, longest) => {
      const listener = await listenForLeaks();
      // The page itself opens nothing, so whatever is opened is opened by the frame.
      const options = { to: `http://127.0.0.1:${listener.port}/?secret`, attributes: 'links="none"' };
      const page = await open(given(), attack, options);
      const frame = page.frame?.locator ? page.frame : await widgetFrame(page);
      for (const how of clicks) await frame.locator('#target').click(how);
      await listener.wait(longest);
      await page.close();
      listener.close();
      return listener.reached;
    };
    test(`${Object.keys(CLICKS).join(', ')} on ${name} in a widget open nothing`, async () => {
      assert.deepEqual(await reached(openHostile, Object.values(CLICKS), WAIT_MS), []);
    });
    for (const [kind, how] of Object.entries(INERT_LINKS[engine]?.includes(name) ? {} : CLICKS)) {
      test(`${kind} on ${name} in a naive sandbox opens it`, async () => {
        assert.notDeepEqual(await reached(openNaive, [how], 5 * WAIT_MS), []);
      });
    }
  }

  test('the channel cannot be reached through patched getters, nor through window.event', async () => {
    const attack = () => {
      const got = new Set();
      const currentTarget = Object.getOwnPropertyDescriptor(Event.prototype, 'currentTarget').get;
      // The widget's own channel shows that the attack works.
      const own = new MessageChannel();
      const grasp = (event) => {
        const target = event && currentTarget.call(event);
        if (target instanceof MessagePort) got.add(target === own.port1 ? 'its own port' : 'THE CHANNEL');
      };
      for (const [owner, names] of [
        [MessageEvent, ['data', 'ports', 'source', 'origin']],
        [Event, ['target', 'currentTarget', 'type']],
      ]) {
        for (const name of names) {
          const { get } = Object.getOwnPropertyDescriptor(owner.prototype, name);
          Object.defineProperty(owner.prototype, name, {
            get() {
              grasp(this);
              return get.call(this);
            },
          });
        }
      }
      new MutationObserver(() => grasp(window.event)).observe(document.documentElement, { attributes: true });
      own.port1.onmessage = (event) => event.data;
      own.port2.postMessage(1);
      document.body.append(
        Object.assign(document.createElement('button'), { id: 'tell', onclick: () => (document.title = [...got].join()) }),
      );
    };
    const page = await openHostile(given(), attack);
    // The new theme makes the frame change its document while it handles a message.
    await page.evaluate(() => document.querySelector('peer-widget').setAttribute('theme', 'dark'));
    const frame = await widgetFrame(page);
    await frame.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    await pause(2 * WAIT_MS); // two pings
    await press(frame.locator('#tell'));
    assert.equal(await frame.evaluate(() => document.title), 'its own port');
    await page.close();
  });
}
