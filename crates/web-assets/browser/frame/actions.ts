import { MAX_NAME_LENGTH, MAX_PAYLOAD_LENGTH } from '../protocol/limits';
import { ActionLimiter } from '../protocol/token-bucket';
import type { Channel } from './channel';

const { stringify } = JSON;
const now = performance.now.bind(performance);

/** Creates the component's `onAction`, which throws a TypeError for a name or payload that it cannot send. */
export function makeOnAction(channel: Channel): (name: string, payload?: unknown) => void {
  const limiter = new ActionLimiter();
  return (name, payload = null) => {
    if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_LENGTH) {
      throw new TypeError(`onAction: the name must be a string of 1 to ${MAX_NAME_LENGTH} characters`);
    }
    const text = stringify(payload) as string | undefined;
    if (text === undefined) throw new TypeError('onAction: the payload must be a JSON value');
    if (text.length > MAX_PAYLOAD_LENGTH) throw new TypeError(`onAction: the payload is longer than ${MAX_PAYLOAD_LENGTH} characters`);
    if (limiter.take(now(), text)) channel.send({ type: 'action', name, payload: text });
    else channel.fail('action', `too many actions: dropped '${name}'`);
  };
}
