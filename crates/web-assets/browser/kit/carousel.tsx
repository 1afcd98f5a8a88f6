import useEmblaCarousel, { type UseEmblaCarouselType } from 'embla-carousel-react';
import { type ComponentProps, createContext, type KeyboardEvent, useContext, useEffect, useState } from 'react';

import { Button, type ButtonProps } from './button';
import { pageDirection } from './direction';
import { ArrowLeftIcon, ArrowRightIcon } from './icons';
import { addStyle } from './style';
import sheet from './styles/carousel.css';

addStyle(sheet);

export type CarouselApi = UseEmblaCarouselType[1];
type Parameters = globalThis.Parameters<typeof useEmblaCarousel>;
type Orientation = 'horizontal' | 'vertical';

export interface CarouselProps extends ComponentProps<'div'> {
  opts?: Parameters[0];
  plugins?: Parameters[1];
  orientation?: Orientation;
  setApi?: (api: CarouselApi) => void;
}

interface CarouselState {
  carouselRef: UseEmblaCarouselType[0];
  api: CarouselApi;
  orientation: Orientation;
  scrollPrev: () => void;
  scrollNext: () => void;
  canScrollPrev: boolean;
  canScrollNext: boolean;
}

const State = createContext<CarouselState | undefined>(undefined);

/** The state of the carousel around the caller. */
export function useCarousel(): CarouselState {
  const state = useContext(State);
  if (!state) throw new Error('useCarousel is used outside of a <Carousel>.');
  return state;
}

export function Carousel({ opts, plugins, orientation = 'horizontal', setApi, onKeyDownCapture, children, ...props }: CarouselProps) {
  const axis = orientation === 'horizontal' ? 'x' : 'y';
  const direction = opts?.direction ?? pageDirection();
  const [carouselRef, api] = useEmblaCarousel({ ...opts, axis, direction }, plugins);
  const [can, setCan] = useState({ scrollPrev: false, scrollNext: false });

  useEffect(() => {
    if (api) setApi?.(api);
  }, [api, setApi]);

  useEffect(() => {
    if (!api) return;
    const update = () => setCan({ scrollPrev: api.canScrollPrev(), scrollNext: api.canScrollNext() });
    update();
    api.on('reInit', update).on('select', update);
    return () => {
      api.off('reInit', update).off('select', update);
    };
  }, [api]);

  const scrollPrev = () => api?.scrollPrev();
  const scrollNext = () => api?.scrollNext();
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    onKeyDownCapture?.(event);
    const [previous, next] = direction === 'rtl' ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight'];
    // Arrow keys in a field move its caret.
    if (event.target instanceof HTMLElement && event.target.matches('input, textarea, select')) return;
    if (event.key !== previous && event.key !== next) return;
    event.preventDefault();
    if (event.key === previous) scrollPrev();
    else scrollNext();
  };
  return (
    <State value={{ carouselRef, api, orientation, scrollPrev, scrollNext, canScrollPrev: can.scrollPrev, canScrollNext: can.scrollNext }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a `section` has no role without a name */}
      <div data-slot="carousel" role="region" aria-roledescription="carousel" onKeyDownCapture={onKey} {...props}>
        {children}
      </div>
    </State>
  );
}

export function CarouselContent(props: ComponentProps<'div'>) {
  const { carouselRef, orientation } = useCarousel();
  return (
    <div data-slot="carousel-viewport" ref={carouselRef}>
      <div data-slot="carousel-content" data-orientation={orientation} {...props} />
    </div>
  );
}

export function CarouselItem(props: ComponentProps<'div'>) {
  const { orientation } = useCarousel();
  // biome-ignore lint/a11y/useSemanticElements: a slide is no group of fields
  return <div data-slot="carousel-item" data-orientation={orientation} role="group" aria-roledescription="slide" {...props} />;
}

export function CarouselPrevious({ variant = 'outline', size = 'icon-sm', ...props }: ButtonProps) {
  const { orientation, scrollPrev, canScrollPrev } = useCarousel();
  return (
    <Button
      variant={variant}
      size={size}
      disabled={!canScrollPrev}
      aria-label="Previous slide"
      {...props}
      data-orientation={orientation}
      data-carousel="previous"
      onClick={(event) => {
        props.onClick?.(event);
        scrollPrev();
      }}
    >
      <ArrowLeftIcon data-flips="" />
    </Button>
  );
}

export function CarouselNext({ variant = 'outline', size = 'icon-sm', ...props }: ButtonProps) {
  const { orientation, scrollNext, canScrollNext } = useCarousel();
  return (
    <Button
      variant={variant}
      size={size}
      disabled={!canScrollNext}
      aria-label="Next slide"
      {...props}
      data-orientation={orientation}
      data-carousel="next"
      onClick={(event) => {
        props.onClick?.(event);
        scrollNext();
      }}
    >
      <ArrowRightIcon data-flips="" />
    </Button>
  );
}
