import { HoverCard as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { useFrameSpace } from './frame-space';
import { slotted } from './slotted';
import './style';

export const HoverCard = Primitive.Root;
export const HoverCardTrigger = slotted(Primitive.Trigger, 'hover-card-trigger');

export function HoverCardContent({ ref, ...props }: ComponentProps<typeof Primitive.Content>) {
  const space = useFrameSpace(ref);
  return (
    <Primitive.Portal>
      <Primitive.Content data-slot="hover-card-content" data-floating="" sideOffset={4} {...space} {...props} />
    </Primitive.Portal>
  );
}
