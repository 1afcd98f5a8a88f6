// Starts the installed Chromium, or the one that the variable CHROMIUM names.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

const QUIET = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
  '--host-resolver-rules=MAP *.test 127.0.0.1', // hosts for tests with several sites
];

/** Starts a browser with an empty profile. */
export function launch(args = []) {
  const places = process.env.PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const executablePath = process.env.CHROMIUM ?? places.find(existsSync);
  if (!executablePath) throw new Error('The tests need Chromium (Debian: chromium); CHROMIUM may name it.');
  // Chromium refuses to run as root with its sandbox.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // Scrollbars take room, as on Windows.
  return chromium.launch({ executablePath, args: [...QUIET, ...root, ...args], ignoreDefaultArgs: ['--hide-scrollbars'] });
}
