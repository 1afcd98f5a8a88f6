import { type ComponentProps, type ComponentType, type CSSProperties, createContext, type ReactNode, useContext, useId } from 'react';
import { Legend, type LegendPayload, ResponsiveContainer, Tooltip, type TooltipPayloadEntry } from 'recharts';

import { addStyle } from './style';
import sheet from './styles/chart.css';
import { cn } from './utils';

addStyle(sheet);

/** Label, icon and color of each series, by its key. */
export type ChartConfig = Record<
  string,
  { label?: ReactNode; icon?: ComponentType } & (
    | { color?: string; theme?: never }
    | { color?: never; theme: { light: string; dark: string } }
  )
>;

const Config = createContext<ChartConfig | undefined>(undefined);

/** The config of the chart around the caller. */
export function useChart(): { config: ChartConfig } {
  const config = useContext(Config);
  if (!config) throw new Error('useChart is used outside of a <ChartContainer>.');
  return { config };
}

export interface ChartContainerProps extends ComponentProps<'div'> {
  config: ChartConfig;
  children: ComponentProps<typeof ResponsiveContainer>['children'];
}

export function ChartContainer({ id, config, children, style, ...props }: ChartContainerProps) {
  const unique = useId();
  return (
    <Config value={config}>
      <div data-slot="chart" data-chart={`chart-${id ?? unique}`} style={{ ...colors(config), ...style }} {...props}>
        <ResponsiveContainer initialDimension={{ width: 320, height: 200 }}>{children}</ResponsiveContainer>
      </div>
    </Config>
  );
}

/** A custom property `--color-<key>` for each series. */
function colors(config: ChartConfig): CSSProperties {
  const entries = Object.entries(config).flatMap(([key, { color, theme }]) => {
    const value = theme ? `light-dark(${plain(theme.light)}, ${plain(theme.dark)})` : color && plain(color);
    return value ? [[`--color-${key}`, value]] : [];
  });
  return Object.fromEntries(entries);
}

/** `var(--chart-1)` of `hsl(var(--chart-1))`: older code expects the three numbers of a color in a variable, and ours are colors. */
const plain = (color: string) =>
  color.replace(/^(?:hsl|oklch)\(\s*(var\(--(?:chart-\d|[a-z-]*(?:primary|foreground|accent|muted))\))\s*\)$/, '$1');

export const ChartTooltip = Tooltip;
export const ChartLegend = Legend;

type Formatter = (value: never, name: never, item: never, index: number, payload: never) => ReactNode;

export interface ChartTooltipContentProps extends Omit<ComponentProps<'div'>, 'content'> {
  active?: boolean;
  payload?: readonly TooltipPayloadEntry[];
  label?: ReactNode;
  hideLabel?: boolean;
  hideIndicator?: boolean;
  indicator?: 'line' | 'dot' | 'dashed';
  nameKey?: string;
  labelKey?: string;
  labelClassName?: string;
  labelFormatter?: (label: never, payload: never) => ReactNode;
  formatter?: Formatter;
  color?: string;
}

export function ChartTooltipContent({ active, payload = [], label, className, style, id, ...props }: ChartTooltipContentProps) {
  const { config } = useChart();
  const items = payload.filter((item) => item.type !== 'none');
  if (!active || items.length === 0) return null;
  const { hideLabel, hideIndicator, indicator = 'dot', nameKey, labelKey, labelClassName, labelFormatter, formatter, color } = props;
  const heading = hideLabel ? null : headingOf(items, label, config, labelKey, labelFormatter);
  return (
    <div data-slot="chart-tooltip" id={id} className={className} style={style}>
      {heading !== null && <div className={cn('kit-chart-label', labelClassName)}>{heading}</div>}
      {items.map((item, index) => {
        const series = entryOf(config, item, nameKey ?? item.name ?? item.dataKey);
        const row = item.payload?.payload ?? item.payload;
        const key = `${String(item.dataKey)}-${index}`;
        if (formatter && item.value !== undefined && item.name !== undefined) {
          const shown = formatter(item.value as never, item.name as never, item as never, index, row as never);
          return (
            <div key={key}>
              {Array.isArray(shown) ? shown.map((part, place) => <span key={place === 0 ? 'value' : 'name'}>{part}</span>) : shown}
            </div>
          );
        }
        return (
          <div key={key}>
            <Mark icon={series?.icon} shape={hideIndicator ? undefined : indicator} color={color ?? row?.fill ?? item.color} />
            <span className="kit-chart-name">{series?.label ?? String(item.name ?? '')}</span>
            <span className="kit-chart-value">{shownValue(item.value)}</span>
          </div>
        );
      })}
    </div>
  );
}

function shownValue(value: unknown): ReactNode {
  if (typeof value === 'number') return value.toLocaleString();
  return Array.isArray(value) ? value.join(' – ') : String(value ?? '–');
}

function headingOf(
  items: readonly TooltipPayloadEntry[],
  label: ReactNode,
  config: ChartConfig,
  labelKey: string | undefined,
  format: ChartTooltipContentProps['labelFormatter'],
): ReactNode {
  const [first] = items;
  const named = !labelKey && typeof label === 'string' ? (config[label]?.label ?? label) : undefined;
  const heading = named ?? entryOf(config, first, labelKey ?? first?.dataKey ?? first?.name)?.label;
  return format ? format((heading ?? label) as never, items as never) : (heading ?? null);
}

/** A series' icon, or its color. */
function Mark({ icon: Icon, shape, color }: { icon: ComponentType | undefined; shape: string | undefined; color: string | undefined }) {
  if (Icon) return <Icon />;
  return shape && <span className="kit-chart-mark" data-shape={shape} style={{ color }} />;
}

export interface ChartLegendContentProps extends ComponentProps<'div'> {
  payload?: readonly LegendPayload[];
  verticalAlign?: 'top' | 'middle' | 'bottom';
  hideIcon?: boolean;
  nameKey?: string;
}

export function ChartLegendContent({
  payload = [],
  verticalAlign = 'bottom',
  hideIcon,
  nameKey,
  className,
  style,
}: ChartLegendContentProps) {
  const { config } = useChart();
  const items = payload.filter((item) => item.type !== 'none');
  if (items.length === 0) return null;
  return (
    <div data-slot="chart-legend" data-side={verticalAlign} className={className} style={style}>
      {items.map((item) => {
        const series = entryOf(config, item, nameKey ?? item.dataKey);
        return (
          <div key={`${String(item.dataKey)}-${item.value}`}>
            <Mark icon={hideIcon ? undefined : series?.icon} shape="dot" color={item.color} />
            {series?.label ?? item.value}
          </div>
        );
      })}
    </div>
  );
}

/** The config's entry of an item. A key may name a field of the item or of its data whose text is the series. */
function entryOf(config: ChartConfig, item: object | undefined, key: unknown): ChartConfig[string] | undefined {
  const name = typeof key === 'string' || typeof key === 'number' ? String(key) : 'value';
  const outer = item as Record<string, unknown> | undefined;
  const inner = outer?.payload as Record<string, unknown> | undefined;
  const innermost = inner?.payload as Record<string, unknown> | undefined;
  const series = [outer, inner, innermost].map((place) => place?.[name]).find((value) => typeof value === 'string');
  return (series === undefined ? undefined : config[series as string]) ?? config[name];
}
