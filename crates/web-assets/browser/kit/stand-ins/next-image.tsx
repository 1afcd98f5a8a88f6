// Stands in for `next/image`: no server resizes images.

import type { ComponentProps, CSSProperties } from 'react';

interface ImportedImage {
  src: string;
  width?: number;
  height?: number;
}

export interface ImageProps extends Omit<ComponentProps<'img'>, 'src' | 'alt' | 'width' | 'height' | 'placeholder'> {
  src: string | ImportedImage | { default: ImportedImage };
  alt: string;
  width?: number | `${number}`;
  height?: number | `${number}`;
  /** Fills the positioned element around it. */
  fill?: boolean;
  priority?: boolean;
  preload?: boolean;
  blurDataURL?: unknown;
  loader?: unknown;
  onLoadingComplete?: unknown;
  overrideSrc?: unknown;
  placeholder?: unknown;
  quality?: unknown;
  unoptimized?: unknown;
}

const FILL: CSSProperties = { position: 'absolute', inset: 0, inlineSize: '100%', blockSize: '100%' };

function imported(src: ImageProps['src']): ImportedImage {
  if (typeof src === 'string') return { src };
  return 'default' in src ? src.default : src;
}

/** An image at its own size, or one that fills the element around it. */
export default function Image({
  src,
  alt,
  width,
  height,
  fill,
  priority,
  preload,
  style,
  blurDataURL: _blurDataURL,
  loader: _loader,
  onLoadingComplete: _onLoadingComplete,
  overrideSrc: _overrideSrc,
  placeholder: _placeholder,
  quality: _quality,
  unoptimized: _unoptimized,
  ...props
}: ImageProps) {
  const file = imported(src);
  const size = fill ? { style: { ...FILL, ...style } } : { width: width ?? file.width, height: height ?? file.height, style };
  return <img src={file.src} alt={alt} decoding="async" fetchPriority={priority || preload ? 'high' : undefined} {...size} {...props} />;
}
