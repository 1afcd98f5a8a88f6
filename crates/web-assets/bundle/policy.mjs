// Security headers of the pages. For the frame they are the sandbox: docs/rendering.md explains each, and tests/browser attacks them.

import { createHash } from 'node:crypto';

/** The source expression of an inline script in a Content-Security-Policy. */
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

/** Headers of the outer frame. The widget's document is its `srcdoc` and inherits the policy. */
export function framePolicy(inlineScripts) {
  const directives = [
    "default-src 'none'",
    `script-src 'self' ${inlineScripts.map((script) => `'${hashSource(script)}'`).join(' ')}`,
    "style-src 'self' 'unsafe-inline'", // the sheet of a version; widgets use <style> and style attributes
    'img-src data: blob:',
    'font-src data:',
    'media-src data: blob:',
    "connect-src 'none'",
    "frame-src 'none'", // only `srcdoc`: a widget cannot navigate its document
    "worker-src 'none'",
    "base-uri 'none'",
    "form-action 'none'", // handlers run, but no form sends anything
    "require-trusted-types-for 'script'",
    'trusted-types widgetd-frame',
    'sandbox allow-scripts allow-forms', // applies if the frame is opened as a page
  ];
  return [
    ['content-security-policy', directives.join('; ')],
    ['connection-allowlist', '(response-origin)'],
    ['cross-origin-embedder-policy', 'require-corp'], // pages that require it may embed the frame
    ['permissions-policy', NO_FEATURES],
    ['referrer-policy', 'no-referrer'],
    ['x-dns-prefetch-control', 'off'],
  ];
}

/** Headers of the demo page, which connects only to its service. */
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
