import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';

import Image from '../browser/kit/stand-ins/next-image.tsx';
import Link from '../browser/kit/stand-ins/next-link.tsx';
import { ThemeProvider, useTheme } from '../browser/kit/stand-ins/next-themes.tsx';

const markup = (part, props, ...children) => renderToStaticMarkup(createElement(part, props, ...children));

test('a link of Next.js is a link, without what its router needs', () => {
  const props = { href: '/a', prefetch: false, replace: true, scroll: false, className: 'b', target: '_blank' };
  assert.equal(markup(Link, props, 'Text'), '<a href="/a" class="b" target="_blank">Text</a>');
  const href = { pathname: '/a', query: { q: 'ü &', list: ['x', 1], none: undefined }, hash: '#c' };
  assert.equal(markup(Link, { href }), '<a href="/a?q=%C3%BC%20%26&amp;list=x&amp;list=1#c"></a>');
});

test('an image of Next.js is an image with its size, or one that fills the element around it', () => {
  const html = markup(Image, { src: 'data:,', alt: 'A', width: 4, height: 3, quality: 75, placeholder: 'blur', unoptimized: true });
  assert.equal(html, '<img src="data:," alt="A" decoding="async" width="4" height="3"/>');
  assert.match(markup(Image, { src: { src: 'data:,', width: 4, height: 3 }, alt: '' }), /width="4" height="3"/);
  const filling = markup(Image, { src: 'data:,', alt: '', fill: true, style: { objectFit: 'cover' } });
  assert.match(filling, /style="position:absolute;inset:0;inline-size:100%;block-size:100%;object-fit:cover"/);
});

function Theme() {
  const { theme, resolvedTheme, systemTheme, themes, setTheme } = useTheme();
  assert.equal(setTheme('dark'), undefined);
  return [theme, resolvedTheme, systemTheme, ...themes].join(' ');
}

test('the theme of Next.js is the theme of the page', () => {
  const props = { attribute: 'class', defaultTheme: 'dark' };
  assert.equal(markup(ThemeProvider, props, createElement(Theme)), 'light light light light dark');
});
