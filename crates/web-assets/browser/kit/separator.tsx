import { Separator as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import './style';

export function Separator({ decorative = true, ...props }: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root data-slot="separator" decorative={decorative} {...props} />;
}
