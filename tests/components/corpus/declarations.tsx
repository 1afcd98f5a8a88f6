/// <reference types="react" />
declare const VERSION: string, BUILD: number;
declare let later: string;
declare function load(url: string): Promise<unknown>;
declare class Remote<T> { private x: T; constructor(x?: T); get(): T }
declare enum Mode { Light, Dark = 'dark' }
declare namespace JSX { interface Element {} namespace Inner { const a: number } }
declare module 'somewhere' { export const a: number; export default a; }
declare global { interface Window { widget: string } var settings: {}; }
namespace Types { export type A = string; export interface B { a: A } }
export declare const outside: number;
export abstract class Shape { abstract area(): number }
export type Handler = (event: Event) => void;
function over(a: string): string;
function over(a: number): number;
function over(a: any) { return a; }
export function both(a?: string): void;
export function both() {}
type type = type[];
const type: type = [], as = 1, satisfies = 2, is = 3, readonly = 4, abstract = 5, declare = 6, infer = 7, keyof = 8;
const values = as as as, more = satisfies satisfies any, list = <const T extends readonly unknown[]>(x: T) => x;
for (const x of type as any[]) x!;
for (let i = 0 as number; i < 2; i++) {}
try { over(1); } catch (error: unknown) { over((error as Error).message); }
const o = { f<T>(this: Types.B, x?: T): T { return x!; }, async g(): Promise<void> {}, get h(): number { return 1; }, set h(v: number) {} };
const tagged = String.raw<'a'>`a${1 as number}`, made = new Map<string, Array<number>>, bound = list<[1]>, opt = o?.f<string>('a')!.length;
let assigned = {} as { a?: number; b: number[] };
assigned.a! += 1; (assigned as any).b = [values]; assigned.b[0]!++; [assigned.a as any] = [more]; ({ a: assigned.a! } = { a: 2 });
export { type, list as items, type Types, tagged, made, bound, opt, is, readonly, abstract, declare, infer, keyof };
export default function Widget({ data }: { data: { [id: string]: string } }): JSX.Element | null {
  const choose = (a: boolean, b: number) => a ? (b): number => b : (c: number): number => c;
  return data ? <List<string> items={Object.keys(data)} of={(it: string) => it as string}>{choose(true, 1)(2)}</List> : null;
}
function List<T>({ items, of }: { items: T[]; of: (item: T) => string; children?: unknown }) { return <>{items.map((it) => <i key={of(it)}>{of(it)}</i>)}</>; }
