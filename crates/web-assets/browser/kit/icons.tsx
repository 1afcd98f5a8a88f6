// The icons that the kit's components show.

import type { ComponentProps, ReactNode } from 'react';

const icon = (children: ReactNode) => (props: ComponentProps<'svg'>) => (
  <svg
    xmlns="http://www.w3.org/2000/svg"
    width="16"
    height="16"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    {...props}
  >
    {children}
  </svg>
);

export const CheckIcon = icon(<path d="m4 12 6 6L20 6" />);
export const ChevronDownIcon = icon(<path d="m6 9 6 6 6-6" />);
export const ChevronRightIcon = icon(<path d="m9 6 6 6-6 6" />);
export const ChevronUpIcon = icon(<path d="m6 15 6-6 6 6" />);
export const DotIcon = icon(<circle cx="12" cy="12" r="5" fill="currentColor" stroke="none" />);
export const SearchIcon = icon(<path d="m20 20-4.5-4.5M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14" />);
export const XIcon = icon(<path d="M18 6 6 18M6 6l12 12" />);
export const ChevronLeftIcon = icon(<path d="m15 6-6 6 6 6" />);
export const ArrowLeftIcon = icon(<path d="m12 5-7 7 7 7M5 12h14" />);
export const ArrowRightIcon = icon(<path d="m12 5 7 7-7 7M5 12h14" />);
export const EllipsisIcon = icon(<path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth="3" />);
export const MinusIcon = icon(<path d="M5 12h14" />);
export const LoaderIcon = icon(<path d="M20.5 9A9 9 0 1 1 12 3" />);
