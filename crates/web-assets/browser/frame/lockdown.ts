// Removes, before the widget loads, what neither the sandbox nor the Content-Security-Policy blocks.
//
// The header `Connection-Allowlist` blocks connections that are not requests, but only Chromium from 152 has it. Elsewhere this module
// removes the APIs. It uses no global that the widget can replace: see `natives.ts`.

import { refuseElements } from './elements';
import { disableHistory } from './history';
import { apply, lower, replace } from './natives';
import { confineScrolling } from './scroll';

/** WebAssembly: WebKit compiles it despite the policy. */
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
  confineScrolling();
}
