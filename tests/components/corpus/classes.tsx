import { Component, type ReactNode } from 'react';

abstract class Base<P, S = {}> extends Component<P, S> implements Named, Other<S> {
  declare context: string;
  static readonly label: string = 'base';
  private count = 0;
  protected items?: string[];
  public name!: string;
  readonly #secret: number = 1;
  [key: string]: unknown;
  abstract kind: string;
  abstract render(): ReactNode;
  protected abstract size(of?: string): number;
  static is(x: unknown): x is Base<{}>;
  static is(x: unknown) { return x instanceof Base; }
  constructor(props: P);
  constructor(props: P, at?: number) { super(props); this.count = at ?? 0; }
  get total(): number { return this.count + this.#secret; }
  set total(value: number) { this.count = value; }
  async *each<T>(this: Base<P, S>, ...of: T[]): AsyncGenerator<T> { yield* of; }
  private static async load?(): Promise<void> {}
}
interface Named { name: string }
interface Other<S> { state: S }
class Widget extends Base<{ data: { title: string } }> {
  override kind = 'widget';
  override render(): ReactNode { return <p title={Widget.label}>{this.props.data.title}{this.total as number}</p>; }
  protected override size(): number { return 1; }
  handle = <T,>(event: T): void => { this.total += Number(event); };
}
const Anonymous = class<T> extends Array<T> {};
export { Anonymous };
export default Widget;
