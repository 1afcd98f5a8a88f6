// Builds library set 1: the modules that widgets may import, and the parts of the kit.

import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { bundleGroups, exportedNames } from './libraries/build.mjs';
import { libraryFiles } from './libraries/files.mjs';
import { groups as groupsOf } from './libraries/groups.mjs';
import { iconLines } from './libraries/icons.mjs';
import { installed, licenseText, packageFolder, readPackage } from './libraries/packages.mjs';
import { REACT_DOM_NAMES } from './react-dom.mjs';
import { reactNames } from './react-names.mjs';

/** The number of the set. A set with other packages, parts or names gets the next one. */
const SET = 1;

/** The crate's folder. */
export const HOME = dirname(dirname(fileURLToPath(import.meta.url)));

/** Packages that are in the web assets, but not in a file of the set. */
const OTHER_PACKAGES = ['react', 'react-dom', 'scheduler', 'tailwindcss'];

/** The modules that the frame answers. */
function modulesOfFrame(home) {
  const described = (specifier, packageName, exported) => ({
    specifier,
    ...packageOf(installed(home, packageName)),
    names: exported.sort(),
  });
  return [
    described('react', 'react', ['default', ...reactNames(home)]),
    described('react/jsx-runtime', 'react', ['Fragment', 'jsx', 'jsxs']),
    described('react-dom', 'react-dom', ['default', ...REACT_DOM_NAMES]),
  ];
}

function packageOf(folder) {
  const { name, version, license } = readPackage(folder);
  return { package: name, version, license };
}

/** The module's package. The kit's parts are the project's own. */
const describe = (home, { path, isKit }) =>
  isKit
    ? { package: 'widgetd', version: `${SET}`, license: 'MIT OR Apache-2.0' }
    : packageOf(packageFolder(installed(home, path.replace(/\/react$/, ''))));

/** The names of the packages in a file, as the comment at its start. */
function banner(home, inputs) {
  const folders = new Set(inputs.map(packageFolder).filter(Boolean));
  const packages = [...folders].map((folder) => readPackage(join(home, folder)));
  const names = packages.map(({ name, version, license }) => `${name} ${version} (${license})`).sort();
  return names.length > 0 ? `/*! ${names.join(', ')}; texts: widgetd licenses */` : '';
}

/** Builds the set: `{ set, modules, files, iconFactory, icons, licenses }`. */
export async function buildLibraries({ home = HOME, kit = join(home, 'browser/kit') } = {}) {
  const groups = groupsOf(kit);
  const modules = groups.flatMap((group) => group.modules);
  const names = await exportedNames(modules, { kit, home });
  const { texts, inputs } = await bundleGroups(groups, names, { kit, home });
  const bannerOf = (file) => banner(home, inputs.get(file));
  const { hashed, fileOfGroup } = await libraryFiles(texts, inputs, groups, bannerOf);
  const shaOf = (group) => hashed.get(fileOfGroup.get(group)).sha256;
  const folders = [...inputs.values()].flat().map(packageFolder).filter(Boolean);
  return {
    set: SET,
    modules: [
      ...modulesOfFrame(home),
      ...groups.flatMap((group) =>
        group.modules.map((module) => ({
          specifier: module.specifier,
          ...describe(home, module),
          file: shaOf(group.name),
          names: names.get(module.specifier),
        })),
      ),
    ].sort((a, b) => (a.specifier < b.specifier ? -1 : 1)),
    files: [...hashed.values()].sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)),
    iconFactory: shaOf('icons'),
    icons: await iconLines(home),
    licenses: licenseText(
      [...new Set([...folders, ...OTHER_PACKAGES.map((name) => join('node_modules', name))])].map((folder) => join(home, folder)),
    ),
  };
}
