import { Avatar, AvatarFallback, AvatarImage } from '@/components/ui/avatar';

const PICTURE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 8 8'%3E%3Cpath fill='%23357' d='M0 0h8v8H0z'/%3E%3Ccircle cx='4' cy='3.4' r='1.6' fill='%23fff'/%3E%3Cpath d='M1 8a3 3 0 0 1 6 0z' fill='%23fff'/%3E%3C/svg%3E";

export default function People() {
  return (
    <div style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
      <Avatar>
        <AvatarImage src={PICTURE} alt="Ada Lovelace" />
        <AvatarFallback>AL</AvatarFallback>
      </Avatar>
      <Avatar size="sm">
        <AvatarFallback>GH</AvatarFallback>
      </Avatar>
      <Avatar size="lg">
        <AvatarImage src="https://example.org/blocked.png" alt="Alan Turing" />
        <AvatarFallback>AT</AvatarFallback>
      </Avatar>
      <Avatar style={{ width: 56, height: 56 }}>
        <AvatarFallback>XL</AvatarFallback>
      </Avatar>
    </div>
  );
}
