import { Slider as Primitive } from 'radix-ui';
import type { ComponentProps } from 'react';

import { pageDirection } from './direction';
import './style';

type SliderProps = ComponentProps<typeof Primitive.Root>;

/** The values as a list: much code passes a single number. */
const list = (value: readonly number[] | number | undefined) => (typeof value === 'number' ? [value] : (value as number[] | undefined));

export function Slider({ value, defaultValue, min = 0, 'aria-label': label, 'aria-labelledby': labelledBy, ...props }: SliderProps) {
  const values = list(value);
  const initial = list(defaultValue) ?? [min];
  const thumbs = values ?? initial;
  // The thumbs have the role, so they have the name.
  const name = { ...(label && { 'aria-label': label }), ...(labelledBy && { 'aria-labelledby': labelledBy }) };
  return (
    <Primitive.Root
      data-slot="slider"
      dir={pageDirection()}
      min={min}
      {...(values ? { value: values } : { defaultValue: initial })}
      {...props}
    >
      <Primitive.Track data-slot="slider-track">
        <Primitive.Range data-slot="slider-range" />
      </Primitive.Track>
      {thumbs.map((_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a thumb is its position
        <Primitive.Thumb data-slot="slider-thumb" key={index} {...name} />
      ))}
    </Primitive.Root>
  );
}
