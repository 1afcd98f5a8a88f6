// The outer frame: code of ours alone, between the page and the frame that runs the widget.
//
// It is there for its Content-Security-Policy. A document may always navigate itself, so a widget could carry data away in an
// address (`location = "https://…/?" + data`); what stops that is the policy of the document around it. This one allows no
// frame but one that is written here (`frame-src 'none'`), and the widget's document inherits the policy.

import { type Connect, PROTOCOL } from '../protocol/messages';
import { isConnect, isSignal } from '../protocol/read';

/** The widget's document. Filled in by the bundler; it carries the scripts. */
declare const WIDGET_DOCUMENT: string;
/** The import maps: with the module of React in it, and with the name of its file. */
declare const IMPORT_MAPS: readonly [string, string];
declare const REACT_FILE: string;

/** Not among TypeScript's own types yet. */
interface TrustedTypes {
  trustedTypes?: { createPolicy(name: string, rules: { createHTML(text: string): string }): { createHTML(text: string): unknown } };
}

const page = window.parent;
const service = new URL('../..', location.href).href.slice(0, -1);
// `srcdoc` takes nothing but what this policy made, and the document that it makes may create no policy at all.
const documents = (window as Window & TrustedTypes).trustedTypes?.createPolicy('widgetd-frame', { createHTML: (text) => text });

const escapeHtml = (text: string): string => text.replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);

/** There is no feature test for modules that the policy admits by their integrity, which WebKit does not. */
const isWebKit = navigator.vendor.startsWith('Apple');

function widgetDocument(): string {
  return WIDGET_DOCUMENT.replace('{{service}}', () => escapeHtml(service))
    .replace('{{react}}', () => (isWebKit ? escapeHtml(`${service}/embed/v1/${REACT_FILE}`) : ''))
    .replace('{{imports}}', () => IMPORT_MAPS[isWebKit ? 1 : 0]);
}

/** Writes the widget's document. It takes no widget until the page hands over a channel, so it may be made ahead of time. */
function start(): void {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  const text = widgetDocument();
  frame.srcdoc = (documents?.createHTML(text) ?? text) as string;

  let greeted = false;
  let connected = false;
  window.addEventListener('message', (event) => {
    if (event.source === frame.contentWindow && isSignal(event.data) && event.data.type === 'hello' && !greeted) {
      greeted = true;
      // The page's origin is anyone's, so `*`: this says nothing but that the frame is there.
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
    // A second document in the frame is none of ours: the widget has reloaded or navigated it.
    if (loaded) page.postMessage({ widgetd: PROTOCOL, type: 'gone' }, '*');
    loaded = true;
  });
  document.body.replaceChildren(frame);
}

/** Frames whose color schemes differ get an opaque background: all of them must say the same. */
function restyle(frame: HTMLIFrameElement, { title, look }: Connect): void {
  frame.title = title;
  document.documentElement.style.colorScheme = look.theme;
  document.documentElement.lang = look.locale;
}

// Opened by itself it shows nothing.
if (page !== window) start();
