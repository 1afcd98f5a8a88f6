// Computes the height that the frame needs to show the whole widget, including boxes outside the flow, such as menus and modals.

/** Elements that are measured. A larger document is measured by its flow and these. */
const MAX_BOXES = 5000;

/** The layout of boxes at an earlier height of the frame: the difference shows what a box follows. */
const layouts = new WeakMap<Element, { frame: number; top: number; height: number }>();
/** Boxes positioned from the frame's bottom or middle, which need only their own height. */
const anchored = new WeakSet<Element>();
/** Boxes that once had another height than the frame: their height does not follow it. */
const natural = new WeakSet<Element>();
/** Boxes that scroll: the height of their content, its hidden part at the lowest frame height, and the frame height that they need. A
 * rigid box hides as much in a higher frame. */
const scrollers = new WeakMap<Element, { content: number; hidden: number; frame: number; need: number; rigid: boolean }>();

/** The height that `flow` and everything in the body need, in CSS pixels. */
export function extent(flow: Element): number {
  // A margin or a chart may end between two pixels. Rounding down would add a scrollbar.
  let max = flow.getBoundingClientRect().bottom + window.scrollY;
  const boxes = document.body.getElementsByTagName('*');
  for (let at = 0; at < boxes.length && at < MAX_BOXES; at += 1) {
    const box = boxes[at] as Element;
    const { bottom, width, height } = box.getBoundingClientRect();
    // Most boxes are within the flow, so their styles are not read.
    if (width === 0 || height === 0 || Math.max(bottom + window.scrollY, height) <= max || !isVisible(box)) continue;
    max = Math.max(max, needOf(box));
  }
  const bar = window.innerHeight - document.documentElement.clientHeight;
  return Math.ceil(max + bar);
}

const isVisible = (box: Element): boolean => box.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;

/** The height that a box needs. It depends on what positions the box: the document, the frame, or an ancestor that clips it. */
function needOf(box: Element): number {
  const { position, clip } = placeOf(box);
  if (clip) return placeOf(clip).position === 'fixed' ? needOfScroller(clip) : 0;
  if (position === 'fixed') return Math.max(needInFrame(box), getComputedStyle(box).overflowY === 'visible' ? 0 : needOfScroller(box));
  return box.getBoundingClientRect().bottom + window.scrollY;
}

/** How a box is positioned in the document, and the ancestor that clips it. */
function placeOf(box: Element): { position: string; clip?: Element } {
  let { position } = getComputedStyle(box);
  for (let around = box.parentElement; around && around !== document.body && position !== 'fixed'; around = around.parentElement) {
    const style = getComputedStyle(around);
    if (position === 'absolute' && style.position === 'static') continue;
    if (style.overflowY !== 'visible') return { position, clip: around };
    position = style.position;
  }
  return { position };
}

/** The height that a box positioned in the frame needs: 0 if its height follows the frame's, or while it moves. */
function needInFrame(box: Element): number {
  const frame = window.innerHeight;
  const { top, bottom, height } = box.getBoundingClientRect();
  // Until an animation ends, the position of its box does not show what the box follows. One that never ends moves it around its place.
  if (box.getAnimations().some((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)) return 0;
  const before = layouts.get(box);
  if (before && before.frame !== frame && Math.abs(before.height - height) <= 1) {
    if (Math.abs(before.top - top) > 1) anchored.add(box);
    else anchored.delete(box);
  }
  layouts.set(box, { frame, top, height });
  if (Math.abs(height - frame) > 1) natural.add(box);
  if (!natural.has(box)) return 0;
  return top < 0 || anchored.has(box) ? height : bottom;
}

/** The frame height at which a scrolling box shows all its content; 0 if it scrolls at any height. */
function needOfScroller(box: Element): number {
  if (box.hasAttribute('data-scrollable')) return 0; // a list of the kit, whose height is limited
  const frame = window.innerHeight;
  const content = box.scrollHeight;
  const hidden = content - box.clientHeight;
  let state = scrollers.get(box);
  if (!state || Math.abs(state.content - content) > 1) {
    if (hidden <= 1) return 0;
    scrollers.set(box, (state = { content, hidden, frame, need: 0, rigid: false }));
  }
  if (frame > state.frame && hidden >= state.hidden) state.rigid = true;
  if (hidden > 1) state.need = Math.max(state.need, frame + hidden);
  return state.rigid ? 0 : state.need;
}
