import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';

import { ChevronRightIcon, EllipsisIcon } from './icons';
import { slotted } from './slotted';
import './style';

export const Breadcrumb = slotted('nav', 'breadcrumb', { 'aria-label': 'Breadcrumb' });
export const BreadcrumbList = slotted('ol', 'breadcrumb-list');
export const BreadcrumbItem = slotted('li', 'breadcrumb-item');

export function BreadcrumbLink({ asChild, ...props }: ComponentProps<'a'> & { asChild?: boolean }) {
  const Part = asChild ? Slot.Root : 'a';
  return <Part data-slot="breadcrumb-link" {...props} />;
}

/** The current page: the last item. */
export const BreadcrumbPage = slotted('span', 'breadcrumb-page', { 'aria-current': 'page' });

export function BreadcrumbSeparator({ children, ...props }: ComponentProps<'li'>) {
  return (
    <li data-slot="breadcrumb-separator" role="presentation" aria-hidden="true" {...props}>
      {children ?? <ChevronRightIcon data-flips="" />}
    </li>
  );
}

export function BreadcrumbEllipsis(props: ComponentProps<'span'>) {
  return (
    <span data-slot="breadcrumb-ellipsis" {...props}>
      <EllipsisIcon />
      <span data-slot="hidden-text">More</span>
    </span>
  );
}
