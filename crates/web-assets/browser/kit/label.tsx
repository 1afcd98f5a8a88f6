import { Label as Primitive } from 'radix-ui';

import { slotted } from './slotted';
import './style';

export const Label = slotted(Primitive.Root, 'label');
