// Renders a component to HTML, once.

import React, { type ComponentType } from 'react';
import Server from 'react-dom/server';

import { owner, type Warning, warnings } from './record';

/** What stands in the report. */
interface Rendered {
  /** `null` if there is an error, or if the component waits for a promise outside of every `<Suspense>`. */
  html: string | null;
  error: { message: string; stack: string } | null;
  /** Whether a component waited for a promise. */
  suspended: boolean;
  warnings: Warning[];
}

interface Failure {
  error: unknown;
  /** Where the elements around it were written, and the components. */
  components: string;
}

/** Maximum length of the HTML in the report. */
const MAX_HTML_LENGTH = 4 * 1024 * 1024;
const MAX_STACK_LENGTH = 16 * 1024;
const MAX_MESSAGE_LENGTH = 1000;

/** React's reason when it renders no longer because a component waits. */
const SUSPENDED = 'The server used "renderToStaticMarkup" which does not support Suspense.';

let failures: Failure[] = [];
let suspended = false;

/** The renderer calls this for every error, also for those inside of `<Suspense>`, which a server leaves to the browser. */
function onError(error: unknown, info?: { componentStack?: string }): void {
  if (typeof error === 'string' && error.startsWith(SUSPENDED)) suspended = true;
  else failures.push({ error, components: `${owner.stack() ?? ''}\n${info?.componentStack ?? ''}` });
}

// bundle/renderer.mjs makes the renderer call it.
Object.assign(Server, { onError });

/** The thrown value in one line. It may be any value, and reading it may throw. */
function describe({ error, components }: Failure): NonNullable<Rendered['error']> {
  try {
    const isError = error instanceof Error;
    const message = isError ? `${error.name}: ${error.message}` : `The component threw a value that is not an error: ${String(error)}`;
    const stack = isError ? `${error.stack}\n${components}` : components;
    return { message: text(message, MAX_MESSAGE_LENGTH), stack: text(stack, MAX_STACK_LENGTH) };
  } catch {
    return { message: 'The component threw an error that cannot be read', stack: '' };
  }
}

/** The beginning of a text, without halves of surrogate pairs. */
const text = (value: string, length: number): string => value.slice(0, length).replace(/[\ud800-\udfff]/gu, '\ufffd');

function attempt(component: ComponentType<Record<string, unknown>> | undefined, data: string, props: string): string | null {
  failures = [];
  suspended = false;
  try {
    if (!component) throw new TypeError('the module exports no component: write `export default function Widget({ data }) { … }`');
    const given = { theme: 'light', locale: 'en', dir: 'ltr', ...JSON.parse(props), data: JSON.parse(data), onAction: () => {} };
    return Server.renderToStaticMarkup(React.createElement(component, given));
  } catch (error) {
    // React throws the error that it has reported, or a different one when the whole widget waits.
    if (!failures.length && !suspended) failures.push({ error, components: '' });
    return null;
  }
}

/** Renders the default export of a widget's module with `data` and `props`, which are JSON. */
export function render(component: ComponentType<Record<string, unknown>> | undefined, data: string, props: string): Rendered {
  const html = attempt(component, data, props);
  const failure = failures[0];
  return {
    html: failure || html === null ? null : text(html, MAX_HTML_LENGTH),
    error: failure ? describe(failure) : null,
    suspended,
    warnings: [...warnings.values()].map(({ message, stack }) => ({
      message: text(message, MAX_MESSAGE_LENGTH),
      stack: text(stack, MAX_STACK_LENGTH),
    })),
  };
}
