import { Progress as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import './style';

export function Progress({ value, max = 100, ...props }: ComponentProps<typeof Primitive.Root>) {
  // Data may be out of range, which the primitive reports as an error.
  const shown = typeof value === 'number' && Number.isFinite(value) ? Math.min(Math.max(value, 0), max) : null;
  return (
    <Primitive.Root data-slot="progress" value={shown} max={max} {...props}>
      <Primitive.Indicator data-slot="progress-indicator" style={shown === null ? undefined : { inlineSize: `${(100 * shown) / max}%` }} />
    </Primitive.Root>
  );
}
