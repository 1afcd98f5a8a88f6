import { Progress } from '@/components/ui/progress';

export default function Bars() {
  return (
    <div style={{ display: 'grid', gap: 16, maxWidth: 384 }}>
      <Progress value={0} aria-label="None" />
      <Progress value={33} aria-label="A third" />
      <Progress value={140} aria-label="Too much" />
      <Progress value={33.3333} className="h-4" aria-label="With a class" />
      <Progress value={null} aria-label="Unknown" />
    </div>
  );
}
