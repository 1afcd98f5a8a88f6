// Runs esbuild for the library set: once for the names of each module, and once for the files.

import { basename, join } from 'node:path';

import { build } from 'esbuild';

import { changedPackages, directImports, kitPaths, kitStyle, reactOfFrame } from './plugins.mjs';

/** The documented exports of Motion. It exports its internals too, which are a fifth of its code. */
const MOTION = `
  AnimatePresence AnimateSharedLayout LayoutGroup LazyMotion MotionConfig MotionConfigContext PresenceContext Reorder animate animateMini
  animateVisualElement animationControls anticipate backIn backInOut backOut cancelFrame circIn circInOut circOut clamp cubicBezier delay
  distance domAnimation domMax domMin easeIn easeInOut easeOut frame hover inView interpolate isBrowser isMotionComponent isMotionValue
  isValidMotionProp m mirrorEasing mix motion motionValue pipe press progress resize reverseEasing scroll spring stagger steps time
  transform unwrapMotionComponent useAnimate useAnimateMini useAnimation useAnimationControls useAnimationFrame useCycle useDragControls
  useElementScroll useFollowValue useInView useInstantTransition useIsPresent useMotionTemplate useMotionValue useMotionValueEvent
  usePageInView usePresence usePresenceData useReducedMotion useReducedMotionConfig useScroll useSpring useTime useTransform
  useUnmountEffect useVelocity useViewportScroll useWillChange wrap`
  .trim()
  .split(/\s+/);

/** Modules that export the same values by the same names. */
const MOTION_MODULES = new Set(['framer-motion', 'motion', 'motion/react']);

/** Which exports widgets get, by module. The others export all. */
const IS_EXPORTED = {
  'lucide-react': (name) => name === 'createLucideIcon' || name === 'Icon', // icons are data, written into the modules of widgets
  'react-hook-form': (name) => name !== 'Form', // sends the form with `fetch`, which no widget can
  ...Object.fromEntries([...MOTION_MODULES].map((specifier) => [specifier, (name) => MOTION.includes(name)])),
};

const options = (kit, home) => ({
  bundle: true,
  write: false,
  outdir: '/out',
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  jsx: 'automatic',
  tsconfigRaw: {},
  absWorkingDir: home,
  nodePaths: [join(home, 'node_modules')],
  metafile: true,
  minifySyntax: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
  plugins: [reactOfFrame, kitPaths(kit), directImports(kit), kitStyle, changedPackages],
});

/** The exports of each output, in the order of the entry points. */
function exportsOf({ metafile }, count) {
  const outputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
  return Array.from({ length: count }, (_, at) => outputs.get(`entry${at}.js`).exports);
}

/** The exported names of each module, sorted, by specifier. */
export async function exportedNames(modules, { kit, home }) {
  const entryPoints = modules.map(({ path }, at) => ({ in: path, out: `entry${at}` }));
  const exports = exportsOf(await build({ ...options(kit, home), entryPoints }), modules.length);
  const kept = ({ specifier }, names) => names.filter(IS_EXPORTED[specifier] ?? (() => true)).sort();
  return new Map(modules.map((module, at) => [module.specifier, kept(module, exports[at])]));
}

/** The source of a group: exports all its modules. It imports the groups before it, so that their code is not in its own file. */
function sourceOf({ name, after, modules }, names) {
  const lines = after.map((group) => `import 'group:${group}';`);
  const sources = new Map();
  for (const { specifier, path } of modules) {
    for (const exported of names.get(specifier)) sources.set(exported, [...(sources.get(exported) ?? []), path]);
  }
  for (const [exported, [first, ...others]] of sources) {
    if (others.some((other) => other !== first && !(MOTION_MODULES.has(first) && MOTION_MODULES.has(other)))) {
      throw new Error(`${exported} is exported by two modules of the group ${name}: ${[first, ...others].join(', ')}`);
    }
    lines.push(`export { ${exported} } from ${JSON.stringify(first)};`);
  }
  return lines.join('\n');
}

/** Resolves and loads `group:<name>`. */
const groupSources = (groups, names, home) => ({
  name: 'groups',
  setup(build) {
    build.onResolve({ filter: /^group:/ }, ({ path }) => ({ path: path.slice('group:'.length), namespace: 'group' }));
    build.onLoad({ filter: /.*/, namespace: 'group' }, ({ path }) => ({
      contents: sourceOf(
        groups.find(({ name }) => name === path),
        names,
      ),
      resolveDir: home,
      loader: 'js',
    }));
  },
});

/** The paths of the sources whose code is in an output. */
const sourcesIn = ({ inputs }) => Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);

/** Bundles the groups: `{ texts, inputs }`, the text of each file and the paths of its sources, by its name. */
export async function bundleGroups(groups, names, { kit, home }) {
  const base = options(kit, home);
  const entryPoints = groups.map(({ name }) => ({ in: `group:${name}`, out: name }));
  const plugins = [groupSources(groups, names, home), ...base.plugins];
  const { outputFiles, metafile } = await build({ ...base, entryPoints, plugins, splitting: true, chunkNames: 'chunk-[hash]' });
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  const inputs = new Map(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), sourcesIn(output)]));
  return { texts, inputs };
}
