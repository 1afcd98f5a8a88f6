import type { ComponentProps } from 'react';

import { useScrollable } from './scrollable';
import { slotted } from './slotted';
import './style';

/** A table that scrolls sideways where it is wider than its place. */
export function Table(props: ComponentProps<'table'>) {
  return (
    <div data-slot="table-container" {...useScrollable()}>
      <table data-slot="table" {...props} />
    </div>
  );
}

export const TableHeader = slotted('thead', 'table-header');
export const TableBody = slotted('tbody', 'table-body');
export const TableFooter = slotted('tfoot', 'table-footer');
export const TableRow = slotted('tr', 'table-row');
export const TableHead = slotted('th', 'table-head');
export const TableCell = slotted('td', 'table-cell');
export const TableCaption = slotted('caption', 'table-caption');
