import { ChartContainer, ChartLegend, ChartLegendContent, ChartTooltip, ChartTooltipContent } from '@/components/ui/chart';
import { Bar, BarChart, CartesianGrid, Line, LineChart, Pie, PieChart, XAxis, YAxis } from 'recharts';

const data = [
  { month: 'January', desktop: 186, mobile: 80 },
  { month: 'February', desktop: 305, mobile: 200 },
  { month: 'March', desktop: 237, mobile: 120 },
  { month: 'April', desktop: 73, mobile: 190 },
  { month: 'May', desktop: 209, mobile: 130 },
  { month: 'June', desktop: 1214, mobile: 140 },
];

const config = {
  desktop: { label: 'Desktop', color: 'hsl(var(--chart-1))' },
  mobile: { label: 'Mobile', color: 'var(--chart-2)' },
};

const browsers = [
  { browser: 'chrome', visitors: 275, fill: 'var(--color-chrome)' },
  { browser: 'safari', visitors: 200, fill: 'var(--color-safari)' },
  { browser: 'firefox', visitors: 87, fill: 'var(--color-firefox)' },
];

const browserConfig = {
  visitors: { label: 'Visitors' },
  chrome: { label: 'Chrome', color: 'var(--chart-1)' },
  safari: { label: 'Safari', theme: { light: '#0a736e', dark: '#5ad0c5' } },
  firefox: { label: 'Firefox', color: 'var(--chart-2)' },
};

export default function Charts() {
  return (
    <div style={{ display: 'grid', gap: 24, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 340px), 1fr))' }}>
      <ChartContainer config={config} className="min-h-[200px] w-full">
        <BarChart accessibilityLayer data={data}>
          <CartesianGrid vertical={false} />
          <XAxis dataKey="month" tickLine={false} tickMargin={10} axisLine={false} tickFormatter={(value) => value.slice(0, 3)} />
          <ChartTooltip content={<ChartTooltipContent indicator="dashed" />} defaultIndex={1} />
          <ChartLegend content={<ChartLegendContent />} />
          <Bar dataKey="desktop" fill="var(--color-desktop)" radius={4} isAnimationActive={false} />
          <Bar dataKey="mobile" fill="var(--color-mobile)" radius={4} isAnimationActive={false} />
        </BarChart>
      </ChartContainer>
      <ChartContainer config={browserConfig}>
        <PieChart>
          <ChartTooltip content={<ChartTooltipContent nameKey="browser" hideLabel />} defaultIndex={1} />
          <ChartLegend content={<ChartLegendContent nameKey="browser" />} />
          <Pie data={browsers} dataKey="visitors" nameKey="browser" innerRadius="50%" isAnimationActive={false} />
        </PieChart>
      </ChartContainer>
      <ChartContainer config={config}>
        <LineChart data={data}>
          <CartesianGrid />
          <XAxis dataKey="month" />
          <YAxis />
          <ChartTooltip content={<ChartTooltipContent indicator="line" />} defaultIndex={3} />
          <Line dataKey="desktop" stroke="var(--color-desktop)" isAnimationActive={false} />
        </LineChart>
      </ChartContainer>
      <ChartContainer config={{}} style={{ height: 120 }}>
        <BarChart data={[]}>
          <Bar dataKey="none" />
        </BarChart>
      </ChartContainer>
    </div>
  );
}
