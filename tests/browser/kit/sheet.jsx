import { Button } from '@/components/ui/button';
import { Sheet, SheetClose, SheetContent, SheetDescription, SheetFooter, SheetHeader, SheetTitle, SheetTrigger } from '@/components/ui/sheet';

export default function Filters() {
  return (
    <Sheet>
      <SheetTrigger asChild>
        <Button variant="outline">Open</Button>
      </SheetTrigger>
      <SheetContent side="right">
        <SheetHeader>
          <SheetTitle>Filters</SheetTitle>
          <SheetDescription>Show only what matters to you.</SheetDescription>
        </SheetHeader>
        <div style={{ padding: '0 16px' }}>
          {['Direct flights', 'Refundable', 'Window seat', 'With meal'].map((name) => (
            <label key={name} style={{ display: 'block', padding: '6px 0' }}>
              <input type="checkbox" /> {name}
            </label>
          ))}
        </div>
        <SheetFooter>
          <Button>Apply</Button>
          <SheetClose asChild>
            <Button variant="outline">Close filters</Button>
          </SheetClose>
        </SheetFooter>
      </SheetContent>
    </Sheet>
  );
}
