import type { CSSProperties } from 'react';
import { Toaster as Sonner, type ToasterProps } from 'sonner';

import './style';
import { useTheme } from './theme';

export { toast, useSonner } from 'sonner';

const COLORS = {
  '--normal-bg': 'var(--widget-bg)',
  '--normal-text': 'var(--widget-fg)',
  '--normal-border': 'var(--widget-border)',
  '--border-radius': 'var(--widget-radius)',
  fontFamily: 'inherit',
} as CSSProperties;

/** Shows the toasts of `toast` from `sonner`. They begin at the frame's upper edge: it grows downwards, so none moves or is cut. */
export function Toaster({ style, ...props }: ToasterProps) {
  return (
    <Sonner
      position="top-right"
      theme={useTheme()}
      offset={EDGE}
      mobileOffset={EDGE}
      className="toaster"
      {...props}
      style={{ ...COLORS, ...style }}
    />
  );
}

/** Distance to the frame's edges, in CSS pixels. */
const EDGE = 12;
