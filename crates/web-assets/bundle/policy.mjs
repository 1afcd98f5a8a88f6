// The headers that make the pages what they are: for the frame, the sandbox itself. docs/rendering.md says what each is for, and
// tests/browser tries to get past them.

import { createHash } from 'node:crypto';

/** An inline script as a source of a Content-Security-Policy. */
export const hashSource = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const NO_FEATURES = [
  'accelerometer',
  'autoplay',
  'browsing-topics',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'identity-credentials-get',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/** For the outer frame. The widget's document within it is written by a script of ours and inherits all of this. */
export function framePolicy(inlineScripts) {
  const directives = [
    "default-src 'none'",
    `script-src 'self' ${inlineScripts.map((script) => `'${hashSource(script)}'`).join(' ')}`,
    "style-src 'unsafe-inline'", // <style> and style attributes are how widgets are styled; they can load nothing
    'img-src data: blob:',
    'font-src data:',
    'media-src data: blob:',
    "connect-src 'none'",
    "frame-src 'none'", // nothing but what the outer frame writes, wherever the widget would navigate to
    "worker-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types widgetd-frame',
    'sandbox allow-scripts', // opened by itself it is as powerless
  ];
  return [
    ['content-security-policy', directives.join('; ')],
    ['connection-allowlist', '(response-origin)'],
    ['cross-origin-embedder-policy', 'require-corp'], // so that pages that demand it may embed the frame
    ['permissions-policy', NO_FEATURES],
    ['referrer-policy', 'no-referrer'],
    ['x-dns-prefetch-control', 'off'],
  ];
}

/** For the demo page: it talks to its own service and to nobody else. */
export function demoPolicy() {
  const directives = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return [
    ['content-security-policy', directives.join('; ')],
    ['x-frame-options', 'DENY'],
    ['referrer-policy', 'no-referrer'],
  ];
}
