import { Separator } from '@/components/ui/separator';

export default function Lines() {
  return (
    <div style={{ maxWidth: 320 }}>
      <div>Radix Primitives</div>
      <Separator style={{ margin: '12px 0' }} />
      <div style={{ display: 'flex', height: 20, gap: 12, alignItems: 'center' }}>
        <span>Blog</span>
        <Separator orientation="vertical" />
        <span>Docs</span>
        <Separator orientation="vertical" className="h-4" />
        <span>Source</span>
      </div>
    </div>
  );
}
