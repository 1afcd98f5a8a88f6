import { HoverCard as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { useRoom } from './room';
import { slotted } from './slotted';
import './style';

export const HoverCard = Primitive.Root;
export const HoverCardTrigger = slotted(Primitive.Trigger, 'hover-card-trigger');

export function HoverCardContent({ ref, ...props }: ComponentProps<typeof Primitive.Content>) {
  const room = useRoom(ref);
  return (
    <Primitive.Portal>
      <Primitive.Content data-slot="hover-card-content" data-floating="" sideOffset={4} {...room} {...props} />
    </Primitive.Portal>
  );
}
