import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Form, FormControl, FormDescription, FormField, FormItem, FormLabel, FormMessage } from '@/components/ui/form';
import { Input } from '@/components/ui/input';

export default function Profile() {
  const form = useForm({ defaultValues: { username: '' } });
  const [saved, setSaved] = useState('');
  return (
    <Form {...form}>
      <form onSubmit={form.handleSubmit((values) => setSaved(values.username))} style={{ display: 'grid', gap: 24, maxWidth: 384 }}>
        <FormField
          control={form.control}
          name="username"
          rules={{ minLength: { value: 2, message: 'At least 2 characters.' }, required: 'The name is missing.' }}
          render={({ field }) => (
            <FormItem>
              <FormLabel>Username</FormLabel>
              <FormControl>
                <Input placeholder="ada" {...field} />
              </FormControl>
              <FormDescription>Others see this name.</FormDescription>
              <FormMessage />
            </FormItem>
          )}
        />
        <Button type="submit" style={{ justifySelf: 'start' }}>
          Save
        </Button>
        <output>{saved}</output>
      </form>
    </Form>
  );
}
