import { MAX_NAME_LENGTH, MAX_PAYLOAD_LENGTH } from '../protocol/limits';
import { ActionLimiter } from '../protocol/token-bucket';
import type { Channel } from './channel';

const { stringify } = JSON;
const now = performance.now.bind(performance);

/** The `onAction` of the component: always the same function. It throws a TypeError at what cannot be sent. */
export function makeOnAction(channel: Channel): (name: string, payload?: unknown) => void {
  const allowance = new ActionLimiter();
  return (name, payload = null) => {
    if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_LENGTH) {
      throw new TypeError(`onAction: the name must be a string of 1 to ${MAX_NAME_LENGTH} characters`);
    }
    const text = stringify(payload) as string | undefined;
    if (text === undefined) throw new TypeError('onAction: the payload must be what JSON can say');
    if (text.length > MAX_PAYLOAD_LENGTH) throw new TypeError(`onAction: the payload is longer than ${MAX_PAYLOAD_LENGTH} characters`);
    if (allowance.take(now(), text)) channel.send({ type: 'action', name, payload: text });
    else channel.fail('action', `too many actions: '${name}' was dropped`);
  };
}
