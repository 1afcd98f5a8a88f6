import type { Look, Theme } from '../protocol/messages';

let applied: string[] = [];

/** Applies the page's theme, language, direction, font size and `--widget-*` properties to the document. `palette` selects the defaults
 * of the properties that the page does not set. */
export function applyLook({ theme, locale, dir, fontSize, variables }: Look, palette: Theme): void {
  const root = document.documentElement;
  root.lang = locale;
  root.dir = dir ?? 'ltr';
  root.dataset.theme = theme;
  root.dataset.palette = palette;
  for (const name of applied) root.style.removeProperty(name);
  const set = { ...variables, ...(fontSize && { '--page-font-size': `${fontSize}px` }) };
  applied = Object.keys(set);
  for (const [name, value] of Object.entries(set)) root.style.setProperty(name, value);
}
