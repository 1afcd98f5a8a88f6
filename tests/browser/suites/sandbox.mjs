// Attacks on the sandbox by widgets that the checker would reject.

import assert from 'node:assert/strict';

import { openHost, raised } from '../lib/host-page.mjs';
import { hostile, naiveFrame } from '../lib/hostile.mjs';
import { listenForLeaks } from '../lib/listener.mjs';
import { test } from '../lib/test.mjs';
import { hopeless, INERT, leaks } from './leaks.mjs';

/** Milliseconds to wait for a request that must not arrive. */
const WAIT_MS = 1000;

const addresses = ({ port }) => ({ port, http: `http://127.0.0.1:${port}/?secret`, ws: `ws://127.0.0.1:${port}/` });

const pause = () => new Promise((resolve) => setTimeout(resolve, WAIT_MS));

/** Attacks that share a page: each page costs a start and `WAIT_MS`. */
const GROUP_SIZE = 8;

/** The entries of a table, in groups. */
const groups = (table) => {
  const entries = Object.entries(table);
  return Array.from({ length: Math.ceil(entries.length / GROUP_SIZE) }, (_, at) => entries.slice(at * GROUP_SIZE, (at + 1) * GROUP_SIZE));
};
const namesOf = (group) => group.map(([name]) => name).join(', ');

/** All widgets of a group are in the viewport, or they would not load. */
const GRID = { style: 'main { display: grid; grid-template-columns: repeat(4, 1fr) }' };

/** Runs each attack in a `<peer-widget>` of one page, and returns by name what reached the attack's server. */
async function attackWidgets({ context, stage }, group) {
  const listeners = await Promise.all(group.map(() => listenForLeaks()));
  const payloads = group.map(([, attack], at) => stage.payload(hostile(attack, addresses(listeners[at]))));
  const page = await openHost(context, stage, payloads, GRID);
  let popups = 0;
  page.on?.('popup', () => (popups += 1));
  // A widget that navigates its document raises no action; the page reports `gone`.
  const haveAllRun = (count) =>
    new Set(raised.flatMap(({ type, detail, at }) => (type === 'widget-action' || detail.fatal ? [at] : []))).size === count;
  await page.waitForFunction(haveAllRun, group.length, { timeout: 30_000 });
  await pause();
  popups += (await page.popups?.()) ?? 0;
  await page.close();
  for (const listener of listeners) listener.close();
  return { reached: Object.fromEntries(group.map(([name], at) => [name, listeners[at].reached])), popups };
}

/** Runs each attack in a plain sandboxed frame of one page, and returns the names of those that reached their server. */
async function attackNaive({ context, stage }, group) {
  const listeners = await Promise.all(group.map(() => listenForLeaks()));
  const page = await context.newPage();
  const frames = group.map(([, attack], at) => naiveFrame(attack, addresses(listeners[at])));
  await page.goto(stage.page(`<!doctype html><title>Naive</title>${frames.join('')}`));
  await Promise.all(listeners.map((listener) => listener.wait(5000)));
  await page.close();
  for (const listener of listeners) listener.close();
  return group.flatMap(([name], at) => (listeners[at].reached.length > 0 ? [name] : []));
}

const nothing = (group) => ({ reached: Object.fromEntries(group.map(([name]) => [name, []])), popups: 0 });

export function sandboxSuite(given, engine) {
  for (const group of groups(leaks)) {
    test(`widgets cannot leak through ${namesOf(group)}`, async () => {
      assert.deepEqual(await attackWidgets(given(), group), nothing(group));
    });
    const working = group.filter(([name]) => !INERT[engine].includes(name));
    test(`a naive sandbox leaks through ${namesOf(working)}`, async () => {
      assert.deepEqual(
        await attackNaive(given(), working),
        working.map(([name]) => name),
      );
    });
  }
  for (const group of groups(hopeless)) {
    test(`widgets cannot leak through ${namesOf(group)}`, async () => {
      assert.deepEqual(await attackWidgets(given(), group), nothing(group));
    });
  }
  grasps(given);
  if (engine === 'chromium') layers(given);
}

/** Resources that a widget must not access. Each function returns what it got; `undefined` or an error is correct. */
const GRASPS = {
  "the page's document": () => parent.parent.document.title,
  "the outer frame's document": () => parent.document.body,
  cookies: () => document.cookie || undefined,
  'setting a cookie': () => {
    document.cookie = 'a=b';
    return document.cookie || undefined;
  },
  localStorage: () => localStorage.length,
  sessionStorage: () => sessionStorage.length,
  indexedDB: () =>
    new Promise((resolve) => {
      const request = indexedDB.open('a');
      request.onerror = () => resolve(undefined);
      request.onsuccess = () => resolve('a database');
    }),
  caches: () => caches.open('a').then(() => 'a cache'),
  'a service worker': () => navigator.serviceWorker.register('/embed/v1.js').then(() => 'a service worker'),
  'a shared worker': () =>
    new Promise((resolve) => {
      const worker = new SharedWorker(URL.createObjectURL(new Blob(['onconnect = (e) => e.ports[0].postMessage(1)'])));
      worker.onerror = () => resolve(undefined);
      worker.port.onmessage = () => resolve('a shared worker');
    }),
  'shared memory': () => (typeof SharedArrayBuffer === 'undefined' || !crossOriginIsolated ? undefined : 'shared memory'),
  eval: () => eval('1'),
  'new Function': () => new Function('return 1')(),
  'a string timer': () =>
    new Promise((resolve) => {
      window.timed = () => resolve('a timer');
      setTimeout('timed()');
      setTimeout(() => resolve(undefined), 200);
    }),
  WebAssembly: () => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'a module'),
  'an inline script': () => {
    const script = document.createElement('script');
    script.textContent = 'window.ran = "a script"';
    document.body.append(script);
    return window.ran;
  },
  'HTML from text': () => {
    document.body.insertAdjacentHTML('beforeend', '<b id="made"></b>');
    return document.getElementById('made')?.id;
  },
  'an element that looks names up': () => document.createElement('link').localName,
  'an XML element that looks names up': () => document.createElementNS('http://www.w3.org/1999/xhtml', 'x:LINK').localName,
  'a link by its class': () => {
    customElements.define('my-link', class extends HTMLLinkElement {}, { extends: 'link' });
    return new (customElements.get('my-link'))().localName;
  },
  'a name that changes while it is read': () => {
    let reads = 0;
    return document.createElement({ toString: () => (reads++ ? 'link' : 'p') }).localName === 'link' ? 'a link' : undefined;
  },
  'the channel, from the prototype': async () => {
    let got;
    MessagePort.prototype.postMessage = () => {
      got = 'the port';
    };
    window.dispatchEvent(new Event('click'));
    await new Promise((resolve) => setTimeout(resolve, 50));
    return got;
  },
  "the frame's own modules": async () => {
    const addresses = [...document.querySelectorAll('script[src]')].map(({ src }) => src);
    await Promise.all(addresses.map((address) => import(address)));
    return addresses.length === 0 && globalThis.widgetdReact === undefined ? undefined : 'a module or what it left';
  },
  'a modal dialog': () => {
    alert('a');
    return confirm('b') || prompt('c') || undefined;
  },
  'pointer lock': () =>
    new Promise((resolve) => {
      document.onpointerlockchange = () => resolve('the pointer');
      document.onpointerlockerror = () => resolve(undefined);
      document.body.requestPointerLock()?.catch(() => resolve(undefined));
    }),
  'the full screen': () => document.body.requestFullscreen().then(() => 'the screen'),
  'the clipboard': () => navigator.clipboard.readText().then(() => 'the clipboard'),
  'the place': () =>
    new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('a place'),
        () => resolve(undefined),
      );
    }),
  'a camera': () => navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'a camera'),
};

/** Runs in the frame and returns what the attack got. */
const grasp = (attack) => `async () => { const got = await (${attack})(); return got === undefined ? 'nothing' : 'GOT ' + got; }`;

function grasps(given) {
  for (const group of groups(GRASPS)) {
    test(`widgets cannot access: ${namesOf(group)}`, async () => {
      const { context, stage } = given();
      const dialogs = [];
      const payloads = group.map(([, attack]) => stage.payload(hostile(grasp(attack), {})));
      const page = await openHost(context, stage, payloads, GRID);
      page.on?.('dialog', (dialog) => {
        dialogs.push(dialog.message());
        return dialog.dismiss();
      });
      const got = [];
      for (const [at, [name]] of group.entries()) {
        const { payload } = await raised(page, 'widget-action', { at });
        if (payload.startsWith('GOT')) got.push(`${name}: ${payload}`);
      }
      assert.deepEqual(got, []);
      assert.deepEqual(dialogs, []);
      await page.close();
    });
  }
}

/** Runs the attack in a page with only some of the frame's headers, and returns the records of the attacker's server. */
async function attackHeaders({ context, stage, widgetd }, attack, names) {
  const listener = await listenForLeaks();
  const frame = await fetch(`${widgetd.origin}/embed/v1/frame.html`);
  const headers = Object.fromEntries(names.map((name) => [name, frame.headers.get(name)]));
  const module = stage.module(`await (${attack})(${JSON.stringify(addresses(listener))}); document.title = 'done';`);
  const page = await context.newPage();
  await page.goto(
    stage.page(`<!doctype html><title>-</title><body><script type="module" src="${module}"></script>`, { headers, at: stage.origin }),
  );
  await page.waitForFunction(() => document.title === 'done');
  await pause();
  await page.close();
  listener.close();
  return listener.reached;
}

/** Each layer works alone, and the tests fail if one is missing. */
function layers(given) {
  const CSP = 'content-security-policy';
  const LIST = 'connection-allowlist';

  test('WebRTC bypasses the Content-Security-Policy, and Connection-Allowlist blocks it', async () => {
    assert.notDeepEqual(await attackHeaders(given(), leaks.WebRTC, [CSP]), []);
    assert.deepEqual(await attackHeaders(given(), leaks.WebRTC, [CSP, LIST]), []);
  });

  const CASES = {
    'without Connection-Allowlist the frame has no WebRTC all the same': [leaks.WebRTC, (headers) => delete headers[LIST], false],
    // Chromium connects before a navigation that the policy then blocks; the allowlist blocks that too.
    'without Connection-Allowlist the policy holds the request of a widget that navigates': [
      leaks['location ='],
      (headers) => delete headers[LIST],
      false,
    ],
    'without Connection-Allowlist the policy holds fetch': [leaks.fetch, (headers) => delete headers[LIST], false],
    'with a policy that allows connections, and no list, fetch leaks': [
      leaks.fetch,
      (headers) => {
        delete headers[LIST];
        headers[CSP] = headers[CSP].replace("connect-src 'none'", 'connect-src *');
      },
      true,
    ],
    'with a policy that allows frames, and no list, a widget that navigates leaks': [
      leaks['location ='],
      (headers) => {
        delete headers[LIST];
        headers[CSP] = headers[CSP].replace("frame-src 'none'", 'frame-src *');
      },
      true,
    ],
    'with a policy that allows forms, and no list, the policy of the outer frame holds a form': [
      leaks['a button with formaction whose submit event is stopped'],
      (headers) => {
        delete headers[LIST];
        headers[CSP] = headers[CSP].replace("form-action 'none'", 'form-action *');
      },
      false,
    ],
    'with a policy that allows images, and no list, an image leaks': [
      leaks['an image'],
      (headers) => {
        delete headers[LIST];
        headers[CSP] = headers[CSP].replace('img-src', 'img-src *');
      },
      true,
    ],
    'without a policy the list alone holds fetch': [leaks.fetch, (headers) => delete headers[CSP], false],
  };
  for (const [name, [attack, weaken, leaky]] of Object.entries(CASES)) {
    test(name, async () => {
      const weak = await given().stage.withHeaders((path, headers) => /^.embed.v1.frame/.test(path) && weaken(headers));
      try {
        const { reached } = await attackWidgets({ ...given(), stage: weak }, [['attack', attack]]);
        assert.equal(
          reached.attack.some((line) => line !== 'a connection'),
          leaky,
          reached.attack.join(', '),
        );
      } finally {
        await weak.close();
      }
    });
  }

  test('in a browser without trusted types, elements cannot be created from text either', async () => {
    const { context, stage } = given();
    const weak = await stage.withHeaders((path, headers) => {
      if (path.startsWith('/embed/v1/frame')) headers[CSP] = headers[CSP].replace("require-trusted-types-for 'script'; ", '');
    });
    /** Runs the attack as in an older browser and returns what the widget got. */
    const makes = async (isOld) => {
      const newPage = async () => {
        const page = await context.newPage();
        if (isOld) await page.addInitScript(() => delete window.trustedTypes);
        return page;
      };
      const page = await openHost({ newPage }, weak, [weak.payload(hostile(grasp(GRASPS['HTML from text']), {}))]);
      const { payload } = await raised(page, 'widget-action');
      await page.close();
      return payload;
    };
    try {
      assert.match(await makes(false), /^GOT/, 'the header is gone');
      assert.doesNotMatch(await makes(true), /^GOT/);
    } finally {
      await weak.close();
    }
  });
}
