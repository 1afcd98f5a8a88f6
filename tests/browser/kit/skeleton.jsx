import { Skeleton } from '@/components/ui/skeleton';

export default function Loading() {
  return (
    <div style={{ display: 'flex', gap: 16, alignItems: 'center' }}>
      <Skeleton style={{ width: 48, height: 48, borderRadius: '50%' }} />
      <div style={{ display: 'grid', gap: 8 }}>
        <Skeleton style={{ width: 220, height: 16 }} />
        <Skeleton style={{ width: 160, height: 16 }} />
      </div>
    </div>
  );
}
