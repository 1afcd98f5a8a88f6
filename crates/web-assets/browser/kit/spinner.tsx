import type { ComponentProps } from 'react';

import { LoaderIcon } from './icons';
import './style';

/** A turning circle for what is loading. */
export function Spinner(props: ComponentProps<'svg'>) {
  return <LoaderIcon data-slot="spinner" role="status" aria-hidden={undefined} aria-label="Loading" {...props} />;
}
