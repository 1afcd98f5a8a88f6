import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ButtonGroup, ButtonGroupSeparator, ButtonGroupText } from '@/components/ui/button-group';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '@/components/ui/select';

export default function Groups() {
  const [count, setCount] = useState(1);
  return (
    <div style={{ display: 'grid', gap: 16, maxWidth: 420 }}>
      <ButtonGroup aria-label="Page">
        <ButtonGroup>
          {[1, 2, 3].map((page) => (
            <Button key={page} variant="outline" size="sm">
              {page}
            </Button>
          ))}
        </ButtonGroup>
        <ButtonGroup>
          <Button variant="outline" size="sm">
            Previous
          </Button>
          <Button variant="outline" size="sm">
            Next
          </Button>
        </ButtonGroup>
      </ButtonGroup>
      <ButtonGroup>
        <Button>Merge</Button>
        <ButtonGroupSeparator />
        <Button size="icon" aria-label="More">
          ▾
        </Button>
      </ButtonGroup>
      <ButtonGroup style={{ width: '100%' }}>
        <ButtonGroupText asChild>
          <Label htmlFor="address">https://</Label>
        </ButtonGroupText>
        <Input id="address" placeholder="example.org" />
        <Button variant="outline">Open</Button>
      </ButtonGroup>
      <form>
        <ButtonGroup>
          <Button type="button" variant="outline">
            Price
          </Button>
          <Select name="currency" defaultValue="eur">
            <SelectTrigger aria-label="Currency">
              <SelectValue />
            </SelectTrigger>
            <SelectContent>
              <SelectItem value="eur">Euro</SelectItem>
              <SelectItem value="chf">Franc</SelectItem>
            </SelectContent>
          </Select>
        </ButtonGroup>
      </form>
      <ButtonGroup orientation="vertical" aria-label="Count">
        <Button variant="outline" size="icon" aria-label="More" onClick={() => setCount(count + 1)}>
          +
        </Button>
        <Button variant="outline" size="icon" aria-label="Less" onClick={() => setCount(count - 1)}>
          −
        </Button>
      </ButtonGroup>
      <output>{count}</output>
    </div>
  );
}
