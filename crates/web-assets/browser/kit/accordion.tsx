import { Accordion as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { ChevronDownIcon } from './icons';
import { slotted } from './slotted';
import './style';

export const Accordion = slotted(Primitive.Root, 'accordion');
export const AccordionItem = slotted(Primitive.Item, 'accordion-item');

export function AccordionTrigger({ children, ...props }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Header data-slot="accordion-header">
      <Primitive.Trigger data-slot="accordion-trigger" {...props}>
        {children}
        <ChevronDownIcon data-slot="accordion-icon" />
      </Primitive.Trigger>
    </Primitive.Header>
  );
}

export function AccordionContent({ className, children, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Content data-slot="accordion-content" {...props}>
      <div data-slot="accordion-body" className={className}>
        {children}
      </div>
    </Primitive.Content>
  );
}
