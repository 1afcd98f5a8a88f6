// Starts the Chromium of the machine; CHROMIUM names another one.

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
  '--host-resolver-rules=MAP *.test 127.0.0.1', // for pages of sites with names
];

/** A browser without anything of its user's. */
export function launch(args = []) {
  const places = process.env.PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const executablePath = process.env.CHROMIUM ?? places.find(existsSync);
  if (!executablePath) throw new Error('The tests need Chromium (Debian: chromium); CHROMIUM may name it.');
  // A root user has no other way to run it.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // Scrollbars take room, as on Windows.
  return chromium.launch({ executablePath, args: [...QUIET, ...root, ...args], ignoreDefaultArgs: ['--hide-scrollbars'] });
}
