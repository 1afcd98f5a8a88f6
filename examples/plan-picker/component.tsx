"use client";

import * as React from "react";
import { Check, Sparkles } from "lucide-react";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from "@/components/ui/card";
import { Label } from "@/components/ui/label";
import { RadioGroup, RadioGroupItem } from "@/components/ui/radio-group";
import { Separator } from "@/components/ui/separator";
import { Slider } from "@/components/ui/slider";
import { Switch } from "@/components/ui/switch";
import { cn } from "@/lib/utils";

interface Plan {
  id: string;
  name: string;
  price: number;
  description: string;
  popular?: boolean;
}

interface PlanPickerProps {
  data: { title: string; plans: Plan[]; features: string[]; yearlyDiscount: number };
  onAction?: (name: string, payload: unknown) => void;
}

const currency = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });

export default function PlanPicker({ data, onAction }: PlanPickerProps) {
  const [planId, setPlanId] = React.useState(data.plans.find((plan) => plan.popular)?.id ?? data.plans[0].id);
  const [seats, setSeats] = React.useState([8]);
  const [yearly, setYearly] = React.useState(true);

  const plan = data.plans.find(({ id }) => id === planId)!;
  const total = React.useMemo(
    () => plan.price * seats[0] * (yearly ? 1 - data.yearlyDiscount : 1),
    [plan, seats, yearly, data.yearlyDiscount],
  );

  return (
    <Card className="mx-auto w-full max-w-md">
      <CardHeader>
        <CardTitle className="flex items-center gap-2">
          <Sparkles className="h-5 w-5 text-primary" aria-hidden="true" />
          {data.title}
        </CardTitle>
        <CardDescription>Change or cancel at any time.</CardDescription>
      </CardHeader>
      <CardContent className="grid gap-5">
        <RadioGroup value={planId} onValueChange={setPlanId} className="grid gap-2" aria-label="Plan">
          {data.plans.map(({ id, name, price, description, popular }) => (
            <Label
              key={id}
              htmlFor={id}
              className={cn(
                "flex cursor-pointer items-center gap-3 rounded-lg border p-3 transition-colors hover:bg-muted/50",
                planId === id && "border-primary bg-primary/5",
              )}
            >
              <RadioGroupItem value={id} id={id} />
              <span className="flex-1">
                <span className="flex items-center gap-2 font-medium">
                  {name} {popular && <Badge>Popular</Badge>}
                </span>
                <span className="text-sm font-normal text-muted-foreground">{description}</span>
              </span>
              <span className="font-semibold tabular-nums">{currency.format(price)}</span>
            </Label>
          ))}
        </RadioGroup>

        <div className="grid gap-3">
          <div className="flex items-center justify-between text-sm">
            <Label id="seats-label">Seats</Label>
            <span className="font-medium tabular-nums">{seats[0]}</span>
          </div>
          <Slider value={seats} onValueChange={setSeats} min={1} max={50} step={1} aria-labelledby="seats-label" />
        </div>

        <div className="flex items-center justify-between">
          <Label htmlFor="yearly">
            Pay yearly <Badge variant="secondary">-{data.yearlyDiscount * 100}%</Badge>
          </Label>
          <Switch id="yearly" checked={yearly} onCheckedChange={setYearly} />
        </div>

        <Separator />

        <ul className="grid grid-cols-2 gap-2 text-sm text-muted-foreground">
          {data.features.map((feature) => (
            <li key={feature} className="flex items-center gap-2">
              <Check className="h-4 w-4 text-primary" aria-hidden="true" />
              {feature}
            </li>
          ))}
        </ul>
      </CardContent>
      <CardFooter className="flex items-center justify-between">
        <p>
          <span className="text-2xl font-bold tabular-nums">{currency.format(total)}</span>
          <span className="text-sm text-muted-foreground"> / month</span>
        </p>
        <Button onClick={() => onAction?.("choose-plan", { planId, seats: seats[0], yearly })}>Choose {plan.name}</Button>
      </CardFooter>
    </Card>
  );
}
