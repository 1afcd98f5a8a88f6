import { Button } from '@/components/ui/button';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';

export default function Dimensions() {
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button variant="outline">Open</Button>
      </PopoverTrigger>
      <PopoverContent className="w-80" align="start">
        <h4 style={{ margin: '0 0 8px' }}>Dimensions</h4>
        {['Width', 'Height', 'Depth', 'Margin'].map((name) => (
          <label key={name} style={{ display: 'grid', gridTemplateColumns: '80px 1fr', padding: '4px 0' }}>
            {name} <input defaultValue="100 %" style={{ minWidth: 0 }} />
          </label>
        ))}
      </PopoverContent>
    </Popover>
  );
}
