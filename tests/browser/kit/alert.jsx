import { Alert, AlertDescription, AlertTitle } from '@/components/ui/alert';
import { CircleAlert, Terminal } from 'lucide-react';

export default function Alerts() {
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <Alert>
        <Terminal className="h-4 w-4" />
        <AlertTitle>Heads up!</AlertTitle>
        <AlertDescription>The build took 4 minutes longer than the last one, on https://ci.example.org/builds/averyveryverylongname/4711.</AlertDescription>
      </Alert>
      <Alert variant="destructive">
        <CircleAlert />
        <AlertTitle>The payment failed</AlertTitle>
        <AlertDescription>
          <p>The bank refused the card.</p>
        </AlertDescription>
      </Alert>
      <Alert>
        <AlertDescription>Without a title and without an icon.</AlertDescription>
      </Alert>
    </div>
  );
}
