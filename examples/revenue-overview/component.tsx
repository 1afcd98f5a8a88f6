import { useState } from "react";
import { ArrowDownRight, ArrowUpRight, CreditCard, Repeat, Users } from "lucide-react";
import { Area, AreaChart, CartesianGrid, XAxis } from "recharts";

import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { type ChartConfig, ChartContainer, ChartTooltip, ChartTooltipContent } from "@/components/ui/chart";
import { Tabs, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { cn } from "@/lib/utils";

interface Month {
  month: string;
  recurring: number;
  oneTime: number;
}

interface Metric {
  id: "customers" | "average" | "renewals";
  label: string;
  value: string;
  change: number;
}

interface RevenueOverviewProps {
  data: { title: string; period: string; metrics: Metric[]; months: Month[] };
}

const icons = { customers: Users, average: CreditCard, renewals: Repeat };

const chartConfig = {
  recurring: { label: "Recurring", color: "hsl(var(--chart-1))" },
  oneTime: { label: "One-time", color: "hsl(var(--chart-2))" },
} satisfies ChartConfig;

function Change({ value }: { value: number }) {
  const Arrow = value >= 0 ? ArrowUpRight : ArrowDownRight;
  return (
    <span
      className={cn(
        "inline-flex items-center gap-0.5 text-xs font-medium",
        value >= 0 ? "text-emerald-700 dark:text-emerald-400" : "text-red-700 dark:text-red-400",
      )}
    >
      <Arrow className="h-3.5 w-3.5" aria-hidden="true" />
      {Math.abs(value)}%
    </span>
  );
}

export default function RevenueOverview({ data }: RevenueOverviewProps) {
  const [range, setRange] = useState<string>("12");
  const months = data.months.slice(-Number(range));
  const total = months.reduce((sum, { recurring, oneTime }) => sum + recurring + oneTime, 0);

  return (
    <Card className="w-full max-w-2xl">
      <CardHeader className="flex flex-row flex-wrap items-start justify-between gap-4">
        <div className="space-y-1">
          <CardDescription className="flex items-center gap-2">
            {data.title} <Badge variant="secondary">{data.period}</Badge>
          </CardDescription>
          <CardTitle className="text-3xl font-semibold tabular-nums tracking-tight">${total.toLocaleString("en-US")}k</CardTitle>
        </div>
        <Tabs value={range} onValueChange={setRange}>
          <TabsList>
            <TabsTrigger value="6">6 months</TabsTrigger>
            <TabsTrigger value="12">12 months</TabsTrigger>
          </TabsList>
        </Tabs>
      </CardHeader>
      <CardContent className="space-y-5">
        <ChartContainer config={chartConfig} className="h-44 w-full">
          <AreaChart data={months} margin={{ left: 16, right: 16 }}>
            <CartesianGrid vertical={false} />
            <XAxis dataKey="month" tickLine={false} axisLine={false} tickMargin={8} />
            <ChartTooltip content={<ChartTooltipContent />} />
            <Area
              dataKey="oneTime"
              type="monotone"
              stackId="a"
              fill="var(--color-oneTime)"
              fillOpacity={0.25}
              stroke="var(--color-oneTime)"
              strokeWidth={2}
              isAnimationActive={false}
            />
            <Area
              dataKey="recurring"
              type="monotone"
              stackId="a"
              fill="var(--color-recurring)"
              fillOpacity={0.25}
              stroke="var(--color-recurring)"
              strokeWidth={2}
              isAnimationActive={false}
            />
          </AreaChart>
        </ChartContainer>
        <dl className="grid divide-y divide-border rounded-lg border sm:grid-cols-3 sm:divide-x sm:divide-y-0">
          {data.metrics.map(({ id, label, value, change }) => {
            const Icon = icons[id];
            return (
              <div key={id} className="p-3">
                <dt className="flex items-center gap-1.5 text-xs text-muted-foreground">
                  <Icon className="h-3.5 w-3.5" aria-hidden="true" /> {label}
                </dt>
                <dd className="mt-1 flex items-baseline justify-between gap-2">
                  <span className="text-lg font-semibold tabular-nums">{value}</span>
                  <Change value={change} />
                </dd>
              </div>
            );
          })}
        </dl>
      </CardContent>
    </Card>
  );
}
