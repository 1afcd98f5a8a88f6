import { AspectRatio as Primitive } from 'radix-ui';

import { slotted } from './slotted';

export const AspectRatio = slotted(Primitive.Root, 'aspect-ratio');
