// Applies `defaultProps` of function components, which React 19 ignores: components written for React 16 to 18 rely on them.

type Props = Record<string, unknown> | null | undefined;
type Create = (type: never, props: never, ...rest: never[]) => unknown;

/** Wraps `createElement` or `jsx`: undefined props get the component's defaults. */
export function withDefaults<T extends Create>(create: T): T {
  const creates = create as unknown as (type: unknown, props: Props, ...rest: unknown[]) => unknown;
  return ((type: unknown, props: Props, ...rest: unknown[]) => creates(type, withDefaultProps(type, props), ...rest)) as unknown as T;
}

function withDefaultProps(type: unknown, props: Props): Props {
  const defaults = typeof type === 'function' ? (type as { defaultProps?: Record<string, unknown> }).defaultProps : undefined;
  if (!defaults) return props;
  const whole = { ...props };
  for (const name in defaults) if (whole[name] === undefined) whole[name] = defaults[name];
  return whole;
}
