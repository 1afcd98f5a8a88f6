import { Dialog as Primitive } from 'radix-ui';

import { XIcon } from './icons';
import './style';

/** The cross in the corner of a dialog or a sheet. */
export function CloseButton() {
  return (
    <Primitive.Close data-slot="close-button" aria-label="Close">
      <XIcon />
    </Primitive.Close>
  );
}
