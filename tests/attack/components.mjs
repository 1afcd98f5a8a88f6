// Components: each is validated, along with a valid one.

import { named } from '../components/known.mjs';
import { sources } from '../components/sources.mjs';
import { isOfSyntax, ofBabel } from '../components/syntax.mjs';
import { HONEST } from '../lib/flood.mjs';
import { inTurns } from './turns.mjs';

/** Two at a time: a caller under suspicion holds no more workers, and its third would be turned away. */
const HOSTILE_AT_ONCE = 2;

/** Sources that are meant to hurt, of the example attack_sources. After each, another key's component is accepted. */
export async function tryHostileSources(service, tally, cases, honestKey) {
  await inTurns(cases, async ({ name, source, accepted }) => {
    const answer = await service.validate(source);
    tally.count(name, answer, answer.body.data?.componentValid === true, accepted);
    const honest = await service.validate(HONEST, honestKey);
    if (honest.body.data?.componentValid !== true) tally.breaks(`after ${name}, an honest component: ${honest.status}`);
  }, undefined, HOSTILE_AT_ONCE);
}

/** Cases of the policy, of the same example: each is refused by its own rule and no other, or accepted. */
export async function tryPolicy(service, tally, cases) {
  await inTurns(cases, async ({ name, source, accepted, code }) => {
    const answer = await service.validate(source);
    tally.count(name, answer, answer.body.data?.componentValid === true, accepted);
    const others = (answer.body.data?.errors ?? []).filter((error) => error.code !== code);
    if (others.length > 0) tally.breaks(`${name}: ${JSON.stringify(others[0])} instead of ${code}`);
  });
}

/** What Babel says of modules that are almost right: for every backend the same. */
export async function almostModules(seed) {
  return (await sources(seed)).map(({ source }) => ({ source, babel: ofBabel(source) }));
}

/** Those modules: the syntax errors agree, except for those that the documentation lists. */
export async function tryAlmostModules(service, tally, modules) {
  await inTurns(modules, async ({ source, babel }) => {
    const answer = await service.validate(source);
    const [ours] = (answer.body.data?.errors ?? []).filter(isOfSyntax);
    const name = JSON.stringify(source.slice(0, 80));
    tally.count(name, answer, answer.body.data?.componentValid === true, null);
    if (answer.status !== 200) tally.breaks(`${name}: ${answer.status}`);
    else if (Boolean(ours) !== Boolean(babel) && !named(source, ours, babel)) tally.breaks(`${name}: Babel disagrees`);
  });
}
