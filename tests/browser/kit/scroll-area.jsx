import { ScrollArea, ScrollBar } from '@/components/ui/scroll-area';
import { Separator } from '@/components/ui/separator';

export default function Versions() {
  return (
    <div style={{ display: 'grid', gap: 16 }}>
      <ScrollArea style={{ height: 160, width: 200, border: '1px solid var(--widget-border)', borderRadius: 8 }}>
        <div style={{ padding: 16 }}>
          {Array.from({ length: 30 }, (_, index) => (
            <div key={30 - index}>
              v1.2.0-beta.{30 - index}
              <Separator style={{ margin: '8px 0' }} />
            </div>
          ))}
        </div>
      </ScrollArea>
      <ScrollArea style={{ maxHeight: 80, maxWidth: 320 }}>
        <div style={{ width: 900 }}>A line that is wider than its place, so that the area scrolls sideways from here to over there.</div>
        <ScrollBar orientation="horizontal" />
      </ScrollArea>
    </div>
  );
}
