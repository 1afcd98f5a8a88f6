// The service's API, asked with the reader's key.

import { type Problem, refused, silent, unreadable } from './problem';

/** A request that did not succeed. */
export class Failed extends Error {
  constructor(readonly problem: Problem) {
    super(problem.what);
  }
}

/** Resolves with `data` of the answer; rejects with a {@link Failed} that says what is wrong. */
export async function ask<T>(key: string, path: string, body?: unknown): Promise<T> {
  const headers = { Authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) };
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`/api/v1/${path}`, init).catch(() => {
    throw new Failed(silent());
  });
  const answer = await response.json().catch(() => {
    throw new Failed(unreadable(response.status));
  });
  if (!answer.success) throw new Failed(refused(response, answer));
  return answer.data;
}
