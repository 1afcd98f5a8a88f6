import { Button } from '@/components/ui/button';
import { Card, CardAction, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from '@/components/ui/card';
import { Input } from '@/components/ui/input';
import { Label } from '@/components/ui/label';

export default function SignIn() {
  return (
    <div style={{ display: 'grid', gap: 16 }}>
      <Card style={{ maxWidth: 384 }}>
        <CardHeader>
          <CardTitle>Sign in to your account</CardTitle>
          <CardDescription>Enter your mail address below to sign in to your account.</CardDescription>
          <CardAction>
            <Button variant="link">Sign up</Button>
          </CardAction>
        </CardHeader>
        <CardContent>
          <div style={{ display: 'grid', gap: 8 }}>
            <Label htmlFor="mail">Mail</Label>
            <Input id="mail" type="email" placeholder="ada@example.org" />
          </div>
        </CardContent>
        <CardFooter style={{ gap: 8 }}>
          <Button style={{ flex: 1 }}>Sign in</Button>
          <Button variant="outline">Cancel</Button>
        </CardFooter>
      </Card>
      <Card style={{ maxWidth: 384 }}>
        <CardHeader>
          <CardTitle>Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihung</CardTitle>
        </CardHeader>
        <CardContent />
      </Card>
    </div>
  );
}
