import { Card, CardContent, CardDescription, CardHeader, CardTitle } from '@/components/ui/card';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs';

export default function Settings() {
  return (
    <div style={{ display: 'grid', gap: 24 }}>
      <Tabs defaultValue="account" style={{ maxWidth: 400 }}>
        <TabsList className="grid w-full grid-cols-2">
          <TabsTrigger value="account">Account</TabsTrigger>
          <TabsTrigger value="password">Password</TabsTrigger>
        </TabsList>
        <TabsContent value="account">
          <Card>
            <CardHeader>
              <CardTitle>Account</CardTitle>
              <CardDescription>Change your account here.</CardDescription>
            </CardHeader>
            <CardContent>The account of Ada.</CardContent>
          </Card>
        </TabsContent>
        <TabsContent value="password">Change your password here.</TabsContent>
      </Tabs>
      <Tabs defaultValue="b" orientation="vertical">
        <TabsList>
          <TabsTrigger value="a">First</TabsTrigger>
          <TabsTrigger value="b">Second</TabsTrigger>
          <TabsTrigger value="c" disabled>
            Third
          </TabsTrigger>
        </TabsList>
        <TabsContent value="a">One</TabsContent>
        <TabsContent value="b">Two</TabsContent>
      </Tabs>
      <Tabs defaultValue="0">
        <TabsList variant="line">
          {Array.from({ length: 9 }, (_, index) => (
            <TabsTrigger key={index} value={String(index)}>
              Department {index + 1}
            </TabsTrigger>
          ))}
        </TabsList>
        <TabsContent value="0">The first of nine departments.</TabsContent>
      </Tabs>
    </div>
  );
}
