import { NavigationMenu as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { pageDirection } from './direction';
import { ChevronDownIcon } from './icons';
import { slotted } from './slotted';
import './style';

export interface NavigationMenuProps extends ComponentProps<typeof Primitive.Root> {
  viewport?: boolean;
}

/** A bar of links and of panels with links. Each panel opens below its trigger; there is no shared viewport. */
export function NavigationMenu({ viewport: _, ...props }: NavigationMenuProps) {
  return <Primitive.Root data-slot="navigation-menu" dir={pageDirection()} {...props} />;
}

export const NavigationMenuList = slotted(Primitive.List, 'navigation-menu-list');
export const NavigationMenuItem = slotted(Primitive.Item, 'navigation-menu-item');
export const NavigationMenuContent = slotted(Primitive.Content, 'navigation-menu-content', { 'data-floating': '' });
export const NavigationMenuLink = slotted(Primitive.Link, 'navigation-menu-link', { 'data-navigation': 'link' });
export const NavigationMenuIndicator = slotted(Primitive.Indicator, 'navigation-menu-indicator');
export const NavigationMenuViewport = () => null;

export function NavigationMenuTrigger({ children, ...props }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger data-slot="navigation-menu-trigger" data-navigation="trigger" {...props}>
      {children}
      <ChevronDownIcon />
    </Primitive.Trigger>
  );
}

/** The class of a link that looks like a trigger. */
export const navigationMenuTriggerStyle = (): string => 'kit-navigation-trigger';
