// Problems that the demo explains: what is wrong, why, and the remedy. Backquotes enclose code.

export interface Problem {
  what: string;
  why: string;
  remedy: string;
  /** A button that may solve it. */
  button?: 'again' | 'example';
}

/** The service's response to a refused request. */
interface Refusal {
  error?: string;
  code?: string;
  details?: { requiredPermission?: string; errors?: { field: string; message: string }[] };
}

const NEW_KEY = 'Paste a whole key. The first start of the service printed one; `widgetd key create` creates another.';

export const noKey = (): Problem => ({
  what: 'This is not an API key',
  why: 'A key begins with `wgt_`; letters and digits follow.',
  remedy: NEW_KEY,
});

export const empty = (conversation: string): Problem => ({
  what: 'This conversation has no messages',
  why: `No message was sent to “${conversation}” in the workspace of this key. The service knows a conversation by its messages alone, so a misspelled name looks the same.`,
  remedy: 'Check the name, or send the first message.',
  button: 'example',
});

export const silent = (): Problem => ({
  what: 'The service does not answer',
  why: `No answer came from ${location.origin}. The service may have stopped, or the network is down.`,
  remedy: 'Check that `widgetd` runs at this address, then try again.',
  button: 'again',
});

export const unreadable = (status: number): Problem => ({
  what: 'The answer did not come from the service',
  why: `It has the status ${status} and is not JSON. A proxy in front of the service may have sent it.`,
  remedy: 'Check the proxy and that it reaches the service, then try again.',
  button: 'again',
});

/** The problem of a refused request. */
export function refused({ status, headers }: Response, { error = `Status ${status}`, code, details }: Refusal): Problem {
  switch (code) {
    case 'unauthorized':
      return {
        what: 'The API key is not valid',
        why: 'The service has no such key. It may be incomplete, revoked or from another service.',
        remedy: NEW_KEY,
      };
    case 'forbidden': {
      const permission = details?.requiredPermission ?? '';
      return {
        what: 'The API key lacks a permission',
        why: `The request needs \`${permission}\`, which this key does not have.`,
        remedy: `Create a key that has it: \`widgetd key create --permissions ${permission}\` with your workspace and user.`,
      };
    }
    case 'invalid_request': {
      const why = details?.errors?.map(({ field, message }) => `${field}: ${message}.`).join(' ') ?? error;
      return {
        what: 'The name of the conversation is not valid',
        why,
        remedy: 'Use 1 to 256 characters, but no line breaks or other control characters, and not `.` or `..`.',
      };
    }
  }
  const wait = headers.get('retry-after');
  const remedy = wait
    ? `Try again in ${wait} s.`
    : `Try again. The service's log has more: look for the request ${headers.get('x-request-id') ?? ''}.`;
  return {
    what: wait ? 'The service is busy or not ready' : 'The request failed',
    why: `${error} (\`${code}\`).`,
    remedy,
    button: 'again',
  };
}
