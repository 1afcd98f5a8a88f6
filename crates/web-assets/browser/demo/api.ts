// Requests to the service's API with the reader's key.

import { type Problem, refused, silent, unreadable } from './problem';

/** A failed request. */
export class Failed extends Error {
  constructor(readonly problem: Problem) {
    super(problem.what);
  }
}

/** Resolves with the response's `data`; rejects with a {@link Failed} that describes the problem. */
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
