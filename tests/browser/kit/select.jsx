import { useState } from 'react';

import { Select, SelectContent, SelectGroup, SelectItem, SelectLabel, SelectSeparator, SelectTrigger, SelectValue } from '@/components/ui/select';

const FRUIT = ['Apple', 'Banana', 'Blueberry', 'Grapes', 'Pineapple'];
const OTHER = ['Aubergine', 'Broccoli', 'Carrot', 'Courgette', 'Leek', 'Spinach', 'Turnip', 'Yam'];

export default function Food() {
  const [value, setValue] = useState();
  return (
    <div>
      <Select value={value} onValueChange={setValue}>
        <SelectTrigger className="w-[180px]" aria-label="Open">
          <SelectValue placeholder="Select a food" />
        </SelectTrigger>
        <SelectContent>
          <SelectGroup>
            <SelectLabel>Fruit</SelectLabel>
            {FRUIT.map((name) => (
              <SelectItem key={name} value={name}>
                {name}
              </SelectItem>
            ))}
          </SelectGroup>
          <SelectSeparator />
          <SelectGroup>
            <SelectLabel>Vegetables</SelectLabel>
            {OTHER.map((name) => (
              <SelectItem key={name} value={name} disabled={name === 'Leek'}>
                {name}
              </SelectItem>
            ))}
          </SelectGroup>
        </SelectContent>
      </Select>
      <p id="value">{value}</p>
    </div>
  );
}
