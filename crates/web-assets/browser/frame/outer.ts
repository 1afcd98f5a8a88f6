// The outer frame, which runs only code of this service, between the page and the widget's frame.
//
// It exists for its Content-Security-Policy. A document may always navigate itself, so a widget could leak data in an address
// (`location = "https://…/?" + data`). Only the policy of the parent document blocks that: `frame-src 'none'` allows no frame except
// the `srcdoc` written here. The widget's document inherits the policy.

import { type Connect, PROTOCOL } from '../protocol/messages';
import { isConnect, isSignal } from '../protocol/read';

/** The widget's document with its scripts. The bundler defines it. */
declare const WIDGET_DOCUMENT: string;
/** The import maps: one with React's modules inline, one with the names of their files. */
declare const IMPORT_MAPS: readonly [string, string];
declare const REACT_FILES: readonly string[];

/** Missing in TypeScript's DOM types. */
interface TrustedTypes {
  trustedTypes?: { createPolicy(name: string, rules: { createHTML(text: string): string }): { createHTML(text: string): unknown } };
}

const page = window.parent;
const service = new URL('../..', location.href).href.slice(0, -1);
// `srcdoc` accepts only output of this policy, and the widget's document may create no policy.
const documents = (window as Window & TrustedTypes).trustedTypes?.createPolicy('widgetd-frame', { createHTML: (text) => text });

const escapeHtml = (text: string): string => text.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);

/** What the widget's document may load from the folder of modules. The common frame loads any. The frame of a version loads the one module
 * under whose digest the service serves it, so no other widget gets the origins that its policy allows. */
function allowedModules(): string {
  const name = location.pathname.split('/').at(-1) ?? '';
  if (/^frame(-\w{8})?\.html$/.test(name)) return '';
  return `${/-([0-9a-f]{64})\.html$/.exec(name)?.[1] ?? 'none'}.js`;
}

/** WebKit does not allow modules by their integrity, and no feature test shows that. */
const isWebKit = navigator.vendor.startsWith('Apple');

function widgetDocument(): string {
  return WIDGET_DOCUMENT.replaceAll('{{service}}', () => escapeHtml(service))
    .replace('{{modules}}', allowedModules)
    .replace('{{react}}', () => (isWebKit ? escapeHtml(REACT_FILES.map((file) => `${service}/embed/v1/${file}`).join(' ')) : ''))
    .replace('{{imports}}', () => IMPORT_MAPS[isWebKit ? 1 : 0]);
}

/** Creates the widget's frame. It loads no widget until the page sends a channel, so it can be created early. */
function start(): void {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts allow-forms');
  const text = widgetDocument();
  frame.srcdoc = (documents?.createHTML(text) ?? text) as string;

  let greeted = false;
  let connected = false;
  window.addEventListener('message', (event) => {
    if (event.source === frame.contentWindow && isSignal(event.data) && event.data.type === 'hello' && !greeted) {
      greeted = true;
      // Pages of any origin may embed the frame, so `*`: the message holds no data.
      page.postMessage({ widgetd: PROTOCOL, type: 'hello' }, '*');
    }
    if (event.source === page && isConnect(event.data)) {
      restyle(frame, event.data);
      const port = event.ports[0];
      if (!port || connected) return;
      connected = true;
      frame.contentWindow?.postMessage(event.data, '*', [port]);
    }
  });
  let loaded = false;
  frame.addEventListener('load', () => {
    // On a second load, the widget has reloaded or navigated its document.
    if (loaded) page.postMessage({ widgetd: PROTOCOL, type: 'gone' }, '*');
    loaded = true;
  });
  document.body.replaceChildren(frame);
}

/** Browsers give a frame an opaque background if its color scheme differs from its parent's, so both frames take the page's. */
function restyle(frame: HTMLIFrameElement, { title, look }: Connect): void {
  frame.title = title;
  document.documentElement.style.colorScheme = look.theme;
  document.documentElement.lang = look.locale;
}

// Opened as a page, it stays empty.
if (page !== window) start();
