// Adds to an error what its author needs: React's sentence for its number, and the position in the source.

import type { ErrorSource } from '../protocol/messages';
import { SERVICE } from './service';

/** Milliseconds after which an error is reported as it is. */
const MAX_WAIT = 3000;

export interface Explained {
  message: string;
  /** Position in the author's source, from 1. */
  line?: number;
  column?: number;
}

/** `host/errors.ts`, which loads at the first error. */
export interface Explanations {
  explain(message: string, module: string, position: ErrorSource['position']): Promise<Explained>;
}

export const needsExplanation = (message: string, position: ErrorSource['position']): boolean =>
  position !== undefined || message.includes('Minified React error #');

/** Resolves with the error as it is if the service does not answer. */
export async function explain(message: string, module: string, position: ErrorSource['position']): Promise<Explained> {
  const late = new Promise<Explained>((resolve) => setTimeout(() => resolve({ message }), MAX_WAIT));
  const explained = import(`${SERVICE}/embed/v1/errors.js`).then((errors: Explanations) =>
    errors.explain(message, SERVICE + module, position),
  );
  return Promise.race([explained.catch(() => ({ message })), late]);
}
