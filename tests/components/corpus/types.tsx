import React, { useState, type FC, type ReactNode } from 'react';
import type { Order, Line as OrderLine } from './types';
import type * as all from './all';
import { Money, type Currency } from '../shared/money';

type Id = string | number;
type Pair<A, B = A> = readonly [first: A, second?: B, ...rest: (A | B)[]];
type Keys = keyof typeof colors;
type Mapped = { readonly [K in Keys]?: (typeof colors)[K] } & { -readonly [K in 'a' | 'b' as `on${K}`]-?: K };
type Unwrapped<T> = T extends Promise<infer U extends object> ? U : T extends (...args: any[]) => infer R ? R : never;
type Guards = { is(x: unknown): x is string; has(x: unknown): asserts x; get a(): number; set a(v: number); new (x: Id): Guards; (y: Id): void };
type Deep = all.One.Two<string>['three'][number];
type Sym = unique symbol;
type Fn = abstract new <const T>(x: T) => -1 | 1n | `${number}px` | null | undefined | void;
interface Props<T extends object = {}> extends React.HTMLAttributes<HTMLDivElement>, Other {
  readonly data: T;
  lines?: OrderLine[];
  [key: string]: unknown;
  onPick?(id: Id, event?: React.MouseEvent<HTMLElement>): void;
  children?: ReactNode;
}
interface Other { price?: Money; currency: Currency }
export type { Order };
export interface Shown { id: Id }

const colors = { up: '#0a0', down: '#a00' } as const;
const sizes = [1, 2, 3] as const satisfies readonly number[];
let later!: Pair<Id>;
var pick: <T>(items: T[], at: number) => T | undefined = (items, at) => items[at];
later = [1];

const Row: FC<Props> = ({ data, children, ...rest }: Props): JSX.Element => <div {...rest}>{String(data)}{children}</div>;
function Card<T extends { id: Id }>(this: void, { data, lines = [] as OrderLine[] }: Props<T>): ReactNode {
  const [open, setOpen] = useState<boolean>(false);
  const [rows] = useState<Map<Id, Array<{ a: string }>>>(() => new Map<Id, { a: string }[]>());
  const first = pick<OrderLine>(lines, 0)!;
  const name = (data as unknown as { name?: string }).name ?? (first as any)?.name!.trim();
  return <Row data={data} onClick={(event: React.MouseEvent) => setOpen((it: boolean) => !it)}>{open ? name : rows!.size}{sizes.length}{later[0]}</Row>;
}
export default Card;
