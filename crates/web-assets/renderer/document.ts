// A document without content, for components that read it or put an element into it while they render.

export const nothing = (): void => {};

/** What elements, the window and media queries have in common. */
export class Target {
  addEventListener = nothing;
  removeEventListener = nothing;
  dispatchEvent = (): boolean => true;
}

const style = (): Record<string, unknown> => ({ cssText: '', setProperty: nothing, removeProperty: nothing, getPropertyValue: () => '' });
const classes = () => ({ add: nothing, remove: nothing, toggle: () => false, replace: () => false, contains: () => false });

/** An element: it takes children and attributes, has no size, and finds nothing. */
export class ElementStandIn extends Target {
  readonly nodeType: number = 1;
  readonly tagName: string;
  readonly style = style();
  readonly classList = classes();
  readonly dataset: Record<string, string> = {};
  readonly childNodes: unknown[] = [];
  readonly parentNode = null;
  readonly isConnected = false;
  readonly #attributes = new Map<string, string>();
  readonly clientWidth: number = 0;
  readonly clientHeight: number = 0;
  readonly offsetWidth: number = 0;
  readonly offsetHeight: number = 0;
  scrollTop = 0;
  scrollLeft = 0;
  textContent = '';
  focus = nothing;
  blur = nothing;
  click = nothing;
  remove = nothing;

  constructor(name = 'div') {
    super();
    this.tagName = name.toUpperCase();
  }

  appendChild<T>(child: T): T {
    this.childNodes.push(child);
    return child;
  }

  insertBefore<T>(child: T): T {
    return this.appendChild(child);
  }

  removeChild<T>(child: T): T {
    return child;
  }

  append(...children: unknown[]): void {
    this.childNodes.push(...children);
  }

  setAttribute(name: string, value: unknown): void {
    this.#attributes.set(name, String(value));
  }

  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.#attributes.has(name);
  }

  removeAttribute(name: string): void {
    this.#attributes.delete(name);
  }

  contains(other: unknown): boolean {
    return other === this;
  }

  closest = (): null => null;
  querySelector = (): null => null;
  querySelectorAll = (): [] => [];
  getElementsByTagName = (): [] => [];
  getBoundingClientRect = () => ({ x: 0, y: 0, width: 0, height: 0, top: 0, right: 0, bottom: 0, left: 0 });
  getContext = (): null => null;
}

const [html, head, body] = ['html', 'head', 'body'].map((name) => new ElementStandIn(name));
const create = (name?: string): ElementStandIn => new ElementStandIn(name);

export const document = {
  ...new Target(),
  nodeType: 9,
  documentElement: html,
  head,
  body,
  activeElement: body,
  title: 'Widget',
  dir: 'ltr',
  readyState: 'complete',
  visibilityState: 'visible',
  hidden: false,
  createElement: create,
  createElementNS: (_namespace: unknown, name: string) => create(name),
  createTextNode: (text: string) => Object.assign(create('#text'), { textContent: text }),
  createDocumentFragment: () => create('#document-fragment'),
  getElementById: () => null,
  getElementsByTagName: () => [],
  querySelector: () => null,
  querySelectorAll: () => [],
  hasFocus: () => false,
};
