import { Tabs as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { slotted } from './slotted';
import './style';

export const Tabs = slotted(Primitive.Root, 'tabs');

export function TabsList({ variant = 'default', ...props }: ComponentProps<typeof Primitive.List> & { variant?: 'default' | 'line' }) {
  return <Primitive.List data-slot="tabs-list" data-variant={variant} {...props} />;
}

export const TabsTrigger = slotted(Primitive.Trigger, 'tabs-trigger');
export const TabsContent = slotted(Primitive.Content, 'tabs-content');
