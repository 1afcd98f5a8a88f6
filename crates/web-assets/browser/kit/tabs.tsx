import { Tabs as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { pageDirection } from './direction';
import { slotted } from './slotted';
import './style';

export function Tabs(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root data-slot="tabs" dir={pageDirection()} {...props} />;
}

export function TabsList({ variant = 'default', ...props }: ComponentProps<typeof Primitive.List> & { variant?: 'default' | 'line' }) {
  return <Primitive.List data-slot="tabs-list" data-variant={variant} {...props} />;
}

export const TabsTrigger = slotted(Primitive.Trigger, 'tabs-trigger');
export const TabsContent = slotted(Primitive.Content, 'tabs-content');
