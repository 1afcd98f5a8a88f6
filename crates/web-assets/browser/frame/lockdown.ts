// Shuts what neither the sandbox nor the Content-Security-Policy shuts, before the widget is loaded.
//
// The header `Connection-Allowlist` stops connections that are no requests where it is known (Chromium from 152). Elsewhere the
// means are taken away. Nothing here rests on a global that the widget can replace: see `natives.ts`.

import { refuseElements } from './elements';
import { disableHistory } from './history';
import { disableLinks } from './links';
import { apply, lower, replace } from './natives';
import { confineScrolling } from './scroll';

/** WebKit compiles WebAssembly whatever the policy says. */
const GLOBALS = ['WebAssembly', 'RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCIceTransport', 'WebTransport', 'XSLTProcessor'];

/** Commands that write to the clipboard, or parse text. */
const COMMANDS = new Set(['copy', 'cut', 'inserthtml']);
const { has } = Set.prototype;

export function lockdown(): void {
  refuseElements();
  for (const name of GLOBALS) Reflect.deleteProperty(window, name);
  replace(
    Document.prototype,
    'execCommand',
    (native) =>
      function (this: unknown, command: unknown, ...rest: unknown[]) {
        const name = `${command as string}`;
        return apply(has, COMMANDS, [lower(name)]) ? false : apply(native, this, [name, ...rest]);
      },
  );
  disableHistory();
  disableLinks();
  confineScrolling();
}
