import cx from 'classnames';
import Image from 'next/image';
import Link from 'next/link';
import { ThemeProvider, useTheme } from 'next-themes';
import { Button } from '@/components/ui/button';
import { useIsMobile } from '@/hooks/use-mobile';

const SQUARE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Cpath fill='%233355d1' d='M0 0h8v8H0z'/%3E%3C/svg%3E";

function Page() {
  const { resolvedTheme, setTheme } = useTheme();
  const isMobile = useIsMobile();
  return (
    <div className={cx('page', { narrow: isMobile })} style={{ display: 'grid', gap: 12, justifyItems: 'start' }}>
      <output>{`${resolvedTheme}, ${isMobile ? 'narrow' : 'wide'}`}</output>
      <Button variant="outline" onClick={() => setTheme('dark')}>
        Dark
      </Button>
      <Link href={{ pathname: '/search', query: { q: 'a b', tag: ['x', 'y'] } }} prefetch={false} replace scroll={false}>
        Search
      </Link>
      <Button asChild>
        <Link href="#top">Top</Link>
      </Button>
      <Image src={SQUARE} alt="A square" width={48} height={48} priority />
      <div style={{ position: 'relative', width: 96, height: 48 }}>
        <Image src={{ src: SQUARE, width: 8, height: 8 }} alt="A rectangle" fill style={{ objectFit: 'cover' }} />
      </div>
    </div>
  );
}

export default function StandIns() {
  return (
    <ThemeProvider attribute="class" defaultTheme="system">
      <Page />
    </ThemeProvider>
  );
}
