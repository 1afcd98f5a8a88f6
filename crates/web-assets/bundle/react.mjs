// React without what no widget can use: the frame renders on the client alone, and refuses the elements that React would move to the
// document's head. That is 8 % of the frame.

import { readFile } from 'node:fs/promises';

/** Functions of React DOM that are replaced, by what they return. */
const REPLACED = {
  // Titles, styles, and elements that the frame refuses are made where they are written.
  false: 'isHostHoistableType popHydrationState canHydrateInstance queueIfContinuousEvent',
  null: `
    getResource acquireResource preload preloadModule preinitStyle preinitScript preinitModuleScript prefetchDNS preconnect preconnectAs
    suspendResource insertStylesheetIntoRoot insertStylesheet preloadStylesheet preloadResource preloadResourceAndSuspendIfNeeded
    adoptPreloadPropsForStylesheet adoptPreloadPropsForScript insertSuspendedStylesheets mountHoistable getHydratableHoistableCache
    getResourcesFromRoot getScriptKey
    prepareToHydrateHostInstance clearHydrationBoundary canHydrateTextInstance canHydrateHydrationBoundary
    upgradeHydrationErrorsToRecoverable hideOrUnhideDehydratedBoundary getNextHydratableInstanceAfterHydrationBoundary
    getBumpedLaneForHydrationByLane getParentHydrationBoundary attemptExplicitHydrationTarget commitSuspenseHydrationCallbacks
    commitActivityHydrationCallbacks retryActivityComponentWithoutHydrating retrySuspenseComponentWithoutHydrating
    restoreSuspendedTreeContext throwOnHydrationMismatch mountHostRootWithoutHydrating retryDehydratedSuspenseBoundary
    pushDehydratedActivitySuspenseHandler getNextHydratable replayUnblockedEvents scheduleCallbackIfUnblocked retryIfBlockedOn`,
};

/** Replaces the first match. Throws if there is none: another version of React needs another list. */
function replaceOnce(text, pattern, replacement) {
  if (!pattern.test(text)) throw new Error(`bundle/react.mjs: React DOM has no ${pattern}`);
  return text.replace(pattern, replacement);
}

function trim(source) {
  let trimmed = replaceOnce(source, /^exports\.hydrateRoot = function.*?^};$/ms, '');
  for (const [value, names] of Object.entries(REPLACED)) {
    for (const name of names.trim().split(/\s+/)) {
      trimmed = replaceOnce(trimmed, new RegExp(`^function ${name}\\(.*?^}$`, 'ms'), `function ${name}() { return ${value}; }`);
    }
  }
  return trimmed;
}

/** The esbuild plugin. */
export const trimmedReact = {
  name: 'trimmed-react',
  setup(build) {
    build.onLoad({ filter: /react-dom-client\.production\.js$/ }, async ({ path }) => ({
      contents: trim(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};
