import { useState } from 'react';
import { Calendar } from '@/components/ui/calendar';

export default function Dates() {
  const [date, setDate] = useState(new Date(2026, 4, 14));
  const [range, setRange] = useState({ from: new Date(2026, 4, 6), to: new Date(2026, 4, 19) });
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 16 }}>
      <Calendar
        mode="single"
        selected={date}
        onSelect={setDate}
        defaultMonth={date}
        className="rounded-md border"
        disabled={{ dayOfWeek: [0] }}
        initialFocus
      />
      <Calendar
        mode="range"
        selected={range}
        onSelect={setRange}
        defaultMonth={range?.from}
        captionLayout="dropdown"
        startMonth={new Date(2020, 0)}
        endMonth={new Date(2030, 11)}
        showWeekNumber
      />
      <output>{date ? date.toDateString() : 'none'}</output>
    </div>
  );
}
