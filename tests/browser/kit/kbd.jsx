import { Button } from '@/components/ui/button';
import { Kbd, KbdGroup } from '@/components/ui/kbd';

export default function Keys() {
  return (
    <div style={{ display: 'grid', gap: 12, justifyItems: 'start' }}>
      <KbdGroup>
        <Kbd>Ctrl</Kbd>
        <span>+</span>
        <Kbd>K</Kbd>
      </KbdGroup>
      <p style={{ margin: 0 }}>
        Press <Kbd>Esc</Kbd> to close.
      </p>
      <Button>
        Accept <Kbd>⏎</Kbd>
      </Button>
      <Button variant="outline">
        Cancel <Kbd>Esc</Kbd>
      </Button>
    </div>
  );
}
