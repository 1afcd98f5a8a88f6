// Adds the kit's style sheets to the document.

import sheet from './kit.css';

/** Adds a style sheet. Call it once, while a module is evaluated. */
export function addStyle(text: string): void {
  if (typeof document === 'undefined') return;
  const style = document.createElement('style');
  style.textContent = text;
  document.head.append(style);
}

addStyle(sheet);
