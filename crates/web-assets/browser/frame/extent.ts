// How high the frame has to be for all that the widget shows: also for boxes outside of the flow, as menus and modals are.

/** Elements that are looked at; a document with more is measured by its flow and these. */
const MAX_BOXES = 5000;

/** How boxes were laid out in the frame when it had another height: that shows what they follow. */
const seen = new WeakMap<Element, { frame: number; top: number; height: number }>();
/** Boxes that hang on the frame's bottom or its middle, and need no room but their height. */
const hanging = new WeakSet<Element>();
/** Boxes that were seen lower or higher than the frame: their height is their own. */
const natural = new WeakSet<Element>();
/** Boxes that scroll: their content, what they hid of it in the lowest frame, and the frame that they need. A rigid one hides as much
 * in a higher frame. */
const scrollers = new WeakMap<Element, { content: number; hidden: number; frame: number; need: number; rigid: boolean }>();

/** The height that `flow` and everything in the body need, in CSS pixels. */
export function extent(flow: Element): number {
  // A margin or a chart may end between two pixels; cut off, it would scroll.
  let most = flow.getBoundingClientRect().bottom + window.scrollY;
  const boxes = document.body.getElementsByTagName('*');
  for (let at = 0; at < boxes.length && at < MAX_BOXES; at += 1) {
    const box = boxes[at] as Element;
    const { bottom, width, height } = box.getBoundingClientRect();
    // Nearly all boxes are within the flow, and need no look at their style.
    if (width === 0 || height === 0 || Math.max(bottom + window.scrollY, height) <= most || !isVisible(box)) continue;
    most = Math.max(most, needOf(box));
  }
  const bar = window.innerHeight - document.documentElement.clientHeight;
  return Math.ceil(most + bar);
}

const isVisible = (box: Element): boolean => box.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;

/** The height that a box needs: by where it scrolls with the document, or is laid out in the frame, or is cut off by a box around it. */
function needOf(box: Element): number {
  const { position, clip } = placeOf(box);
  if (clip) return placeOf(clip).position === 'fixed' ? needOfScroller(clip) : 0;
  if (position === 'fixed') return Math.max(needInFrame(box), getComputedStyle(box).overflowY === 'visible' ? 0 : needOfScroller(box));
  return box.getBoundingClientRect().bottom + window.scrollY;
}

/** How a box is positioned in the document, and the box around it that cuts it off. */
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

/** What a box needs that is laid out in the frame: nothing if it is only as high as the frame. */
function needInFrame(box: Element): number {
  const frame = window.innerHeight;
  const { top, bottom, height } = box.getBoundingClientRect();
  const before = seen.get(box);
  if (before && before.frame !== frame && Math.abs(before.height - height) <= 1) {
    if (Math.abs(before.top - top) > 1) hanging.add(box);
    else hanging.delete(box);
  }
  seen.set(box, { frame, top, height });
  if (Math.abs(height - frame) > 1) natural.add(box);
  if (!natural.has(box)) return 0;
  return top < 0 || hanging.has(box) ? height : bottom;
}

/** The frame that shows a box whole which scrolls because the frame is low; nothing if it scrolls whatever the frame. */
function needOfScroller(box: Element): number {
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
