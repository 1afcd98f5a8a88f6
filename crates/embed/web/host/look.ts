import type { Look, Theme } from '../protocol/messages';

/** The properties that a page may set around a widget; docs/rendering.md says what each is for. */
const VARIABLES = [
  'bg', 'surface', 'fg', 'muted', 'border', 'accent', 'accent-2', 'accent-3', 'good', 'warn', 'bad', 'radius', 'font',
].map((name) => `--widget-${name}`);

const dark = matchMedia('(prefers-color-scheme: dark)');

/** The element's attribute; else what the page says it is in (`color-scheme: dark`); else what its reader prefers. */
function themeOf(element: HTMLElement, style: CSSStyleDeclaration): Theme {
  const attribute = element.getAttribute('theme');
  if (attribute === 'light' || attribute === 'dark') return attribute;
  const schemes = style.colorScheme.split(/\s+/);
  if (schemes.includes('dark') !== schemes.includes('light')) return schemes.includes('dark') ? 'dark' : 'light';
  return dark.matches ? 'dark' : 'light';
}

/** How a widget at the element's place should look. */
export function lookOf(element: HTMLElement): Look {
  const style = getComputedStyle(element);
  const set = VARIABLES.map((name) => [name, style.getPropertyValue(name).trim().slice(0, 300)] as const).filter(([, value]) => value !== '');
  const locale = element.getAttribute('locale') ?? element.closest<HTMLElement>('[lang]')?.lang ?? '';
  return { theme: themeOf(element, style), locale: (locale || navigator.language).slice(0, 100), variables: Object.fromEntries(set) };
}

/** Calls back when the page may look different: another preference, another class or style of the root or of the body. */
export function onLookChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  const watched = { attributes: true, attributeFilter: ['class', 'style', 'lang', 'data-theme'] };
  observer.observe(document.documentElement, watched);
  if (document.body) observer.observe(document.body, watched);
  dark.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    dark.removeEventListener('change', changed);
  };
}
