// Stands in for `next/link`: a frame has no router.

import { type ComponentProps, cloneElement, isValidElement } from 'react';

interface Address {
  pathname?: string | null;
  search?: string | null;
  hash?: string | null;
  query?: Record<string, string | number | boolean | string[] | null | undefined>;
}

export interface LinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  href: string | Address;
  as?: unknown;
  legacyBehavior?: unknown;
  locale?: unknown;
  onNavigate?: unknown;
  passHref?: unknown;
  prefetch?: unknown;
  replace?: unknown;
  scroll?: unknown;
  shallow?: unknown;
}

function textOf(href: LinkProps['href']): string {
  if (typeof href === 'string') return href;
  const { pathname, search, hash, query = {} } = href;
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? []].flat().map((one) => [name, one].map(encodeURIComponent).join('=')),
  );
  return `${pathname ?? ''}${search ?? (pairs.length > 0 ? `?${pairs.join('&')}` : '')}${hash ?? ''}`;
}

/** A link. It ignores the props that only a router can apply. If its child is an `<a>` (`legacyBehavior`), the child gets the address. */
export default function Link({
  href,
  as: _as,
  legacyBehavior: _legacyBehavior,
  locale: _locale,
  onNavigate: _onNavigate,
  passHref: _passHref,
  prefetch: _prefetch,
  replace: _replace,
  scroll: _scroll,
  shallow: _shallow,
  children,
  ...props
}: LinkProps) {
  if (isValidElement<ComponentProps<'a'>>(children) && children.type === 'a') {
    return cloneElement(children, { href: textOf(href), ...props, ...children.props });
  }
  return (
    <a href={textOf(href)} {...props}>
      {children}
    </a>
  );
}
