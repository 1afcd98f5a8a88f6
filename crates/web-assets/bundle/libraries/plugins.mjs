// esbuild plugins for the library set: what is external, what the kit's paths mean, and what of a package cannot run in the frame.

import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { build as bundle } from 'esbuild';

/** Leaves React to the frame. CommonJS packages require it, and ECMAScript modules have no `require`: a small module stands in. */
export const reactOfFrame = {
  name: 'react-of-frame',
  setup(build) {
    build.onResolve({ filter: /^react(-dom|\/jsx-runtime)?$/ }, ({ path, kind }) =>
      kind === 'require-call' ? { path, namespace: 'required' } : { path, external: true, sideEffects: false },
    );
    build.onLoad({ filter: /.*/, namespace: 'required' }, ({ path }) => ({
      contents: `import * as all from '${path}'; module.exports = all;`,
      resolveDir: '/',
    }));
  },
};

/** The kit's import paths, which are those of shadcn. */
export const kitPaths = (kit) => ({
  name: 'kit-paths',
  setup(build) {
    const at = (file) => ({ path: join(kit, file) });
    build.onResolve({ filter: /^@\/components\/ui\/use-toast$|^@\/hooks\/use-toast$/ }, () => at('use-toast.ts'));
    build.onResolve({ filter: /^@\/lib\/utils$/ }, () => at('utils.ts'));
    build.onResolve({ filter: /^@\/components\/ui\// }, ({ path }) => at(`${basename(path)}.tsx`));
  },
});

const kebab = (name) => name.replace(/(?<=[a-z])(?=[A-Z0-9])/g, '-').toLowerCase();

/** Writes `import { Dialog as D, Tabs } from 'radix-ui'` as imports of the packages behind it. Otherwise a part would load all that any other
 * part uses. */
function importDirectly(source) {
  return source.replace(/import\s*\{([^}]*)\}\s*from\s*['"]radix-ui['"];?/g, (_, list) => {
    const parts = list.split(',').map((part) => part.trim());
    const values = parts.filter((part) => part !== '' && !part.startsWith('type '));
    const imports = values.map((part) => {
      const [name, local = name] = part.split(/\s+as\s+/);
      return `import * as ${local} from '@radix-ui/react-${kebab(name)}';`;
    });
    return imports.join(' ');
  });
}

export const directImports = (kit) => ({
  name: 'direct-imports',
  setup(build) {
    build.onLoad({ filter: /\.tsx?$/ }, async ({ path }) =>
      dirname(path) === kit ? { contents: importDirectly(await readFile(path, 'utf8')), loader: 'tsx' } : undefined,
    );
  },
});

/** The kit's style sheets with all that they import, as text. */
export const kitStyle = {
  name: 'kit-style',
  setup(build) {
    build.onLoad({ filter: /\/kit\/.*\.css$/ }, async ({ path }) => {
      const { target, charset } = build.initialOptions;
      const { outputFiles } = await bundle({ entryPoints: [path], bundle: true, minify: true, write: false, target, charset });
      return { contents: outputFiles[0].text.trim(), loader: 'text' };
    });
  },
};

/** Replaces text that a package must have: another version of it may need another replacement. */
function replaceAll(text, pattern, replacement, path) {
  if (!pattern.test(text)) throw new Error(`bundle/libraries/plugins.mjs: ${path} has no ${pattern}`);
  return text.replace(pattern, replacement);
}

/** Changes to packages, by the end of the path of a file. */
const CHANGES = [
  // These write a style sheet as HTML, which trusted types refuse.
  [/@radix-ui\/react-(scroll-area|select)\/dist\/index\.mjs$/, /dangerouslySetInnerHTML:\s*\{\s*__html:\s*(`[^`]*`)\s*\}/g, 'children: $1'],
  // A way to find the global object that the policy blocks.
  [/decimal\.js-light\/decimal\.js$/, /Function\((['"])return this\1\)\(\)/g, 'globalThis'],
];

export const changedPackages = {
  name: 'changed-packages',
  setup(build) {
    for (const [filter, pattern, replacement] of CHANGES) {
      build.onLoad({ filter }, async ({ path }) => ({
        contents: replaceAll(await readFile(path, 'utf8'), pattern, replacement, path),
        loader: 'js',
      }));
    }
    // recharts has its own copy of these 300 bytes, so that a chart needs no other file.
    build.onResolve({ filter: /^clsx$/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === 'copy' || !/\/node_modules\/recharts\//.test(importer)) return undefined;
      const { path: resolved } = await build.resolve(path, { importer, resolveDir, kind, pluginData: 'copy' });
      return { path: resolved, suffix: '?of-recharts', sideEffects: false };
    });
  },
};
