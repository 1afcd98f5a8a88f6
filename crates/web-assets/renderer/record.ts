// The console of React alone: it records the warnings of React's development build. The bundler gives it to React's files; a widget's
// console is in environment.ts.

export interface Warning {
  message: string;
  /** Where the element was written, as React knows it; empty if it does not. */
  stack: string;
}

export const MAX_WARNINGS = 20;

/** Returns the stack of the element that React works on. React's files need this one first, so it is set later. */
export const owner: { stack: () => string | null } = { stack: () => null };

/** The warnings of the current render, without duplicates. */
export const warnings = new Map<string, Warning>();

/** Fills a format with its arguments, and puts the text into one line. */
function fill(format: unknown, values: unknown[]): string {
  const rest = [...values];
  const filled = String(format).replace(/%[sdifoOc]/g, (place) => (rest.length ? String(rest.shift()) : place));
  return filled.replace(/\s*\n\s*/g, ' ').trim();
}

function error(format: unknown, ...values: unknown[]): void {
  const message = fill(format, values);
  if (warnings.size >= MAX_WARNINGS || warnings.has(message)) return;
  warnings.set(message, { message, stack: owner.stack() ?? '' });
}

const nothing = (): void => {};

/** Replaces the global `console` in React's files. */
export const console = { error, warn: nothing, log: nothing, info: nothing, debug: nothing, group: nothing, groupEnd: nothing };
