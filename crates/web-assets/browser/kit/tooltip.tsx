import { Tooltip as Primitive } from 'radix-ui';
import { type ComponentProps, createContext, useContext } from 'react';

import { useFrameSpace } from './frame-space';
import { slotted } from './slotted';
import './style';

/** Whether a provider is around. */
const ProvidedContext = createContext(false);

export function TooltipProvider(props: ComponentProps<typeof Primitive.Provider>) {
  return (
    <ProvidedContext value>
      <Primitive.Provider delayDuration={0} {...props} />
    </ProvidedContext>
  );
}

export function Tooltip(props: ComponentProps<typeof Primitive.Root>) {
  if (useContext(ProvidedContext)) return <Primitive.Root {...props} />;
  return (
    <TooltipProvider>
      <Primitive.Root {...props} />
    </TooltipProvider>
  );
}

export const TooltipTrigger = slotted(Primitive.Trigger, 'tooltip-trigger');

export function TooltipContent({ ref, children, ...props }: ComponentProps<typeof Primitive.Content>) {
  const space = useFrameSpace(ref);
  return (
    <Primitive.Portal>
      <Primitive.Content data-slot="tooltip-content" {...space} {...props}>
        {children}
        <Primitive.Arrow data-slot="tooltip-arrow" />
      </Primitive.Content>
    </Primitive.Portal>
  );
}
