import { ActionAllowance } from '../protocol/allowance';
import { LONGEST_NAME, LONGEST_PAYLOAD } from '../protocol/limits';
import type { Channel } from './channel';

const { stringify } = JSON;
const now = performance.now.bind(performance);

/** The `onAction` of the component: always the same function. It throws a TypeError at what cannot be sent. */
export function makeOnAction(channel: Channel): (name: string, payload?: unknown) => void {
  const allowance = new ActionAllowance();
  return (name, payload = null) => {
    if (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME) {
      throw new TypeError(`onAction: the name must be a string of 1 to ${LONGEST_NAME} characters`);
    }
    const text = stringify(payload) as string | undefined;
    if (text === undefined) throw new TypeError('onAction: the payload must be what JSON can say');
    if (text.length > LONGEST_PAYLOAD) throw new TypeError(`onAction: the payload is longer than ${LONGEST_PAYLOAD} characters`);
    if (allowance.take(now(), text)) channel.send({ type: 'action', name, payload: text });
    else channel.fail('action', `too many actions: '${name}' was dropped`);
  };
}
