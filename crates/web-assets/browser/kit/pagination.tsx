import type { VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';

import { buttonVariants } from './button';
import { ChevronLeftIcon, ChevronRightIcon, EllipsisIcon } from './icons';
import { slotted } from './slotted';
import './style';
import { cn } from './utils';

export const Pagination = slotted('nav', 'pagination', { 'aria-label': 'Pagination' });
export const PaginationContent = slotted('ul', 'pagination-content');
export const PaginationItem = slotted('li', 'pagination-item');

export interface PaginationLinkProps extends ComponentProps<'a'> {
  isActive?: boolean | undefined;
  size?: VariantProps<typeof buttonVariants>['size'];
}

export function PaginationLink({ className, isActive, size = 'icon', href, onClick, onKeyDown, ...props }: PaginationLinkProps) {
  // Many uses have no `href`: they are buttons in all but name, so the keyboard must reach them.
  const asButton = href === undefined && onClick ? { role: 'button', tabIndex: 0 } : {};
  return (
    <a
      data-slot="pagination-link"
      data-active={isActive || undefined}
      aria-current={isActive ? 'page' : undefined}
      className={cn(buttonVariants({ variant: isActive ? 'outline' : 'ghost', size }), className)}
      href={href}
      onClick={onClick}
      onKeyDown={(event) => {
        onKeyDown?.(event);
        if (asButton.role && !event.defaultPrevented && (event.key === 'Enter' || event.key === ' ')) {
          event.preventDefault();
          event.currentTarget.click();
        }
      }}
      {...asButton}
      {...props}
    />
  );
}

export function PaginationPrevious({ children, ...props }: PaginationLinkProps) {
  return (
    <PaginationLink aria-label="Go to previous page" size="default" data-pad="start" {...props}>
      <ChevronLeftIcon data-flips="" />
      {children ?? <span data-slot="pagination-text">Previous</span>}
    </PaginationLink>
  );
}

export function PaginationNext({ children, ...props }: PaginationLinkProps) {
  return (
    <PaginationLink aria-label="Go to next page" size="default" data-pad="end" {...props}>
      {children ?? <span data-slot="pagination-text">Next</span>}
      <ChevronRightIcon data-flips="" />
    </PaginationLink>
  );
}

export function PaginationEllipsis(props: ComponentProps<'span'>) {
  return (
    <span data-slot="pagination-ellipsis" {...props}>
      <EllipsisIcon />
      <span data-slot="hidden-text">More pages</span>
    </span>
  );
}
