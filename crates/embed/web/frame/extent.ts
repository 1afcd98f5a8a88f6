// How high the frame has to be for all that the widget shows: also for boxes outside of the flow, as menus and modals are.

/** Elements that are looked at; a document with more is measured by its flow and these. */
const MAX_BOXES = 5000;

/** What was seen of boxes that are laid out in the frame itself, whose height may follow the frame's. */
const natural = new WeakSet<Element>();
const scrollers = new WeakMap<Element, { hidden: number; frame: number; rigid: boolean }>();

/** The height that `flow` and everything in the body need, in CSS pixels. */
export function extent(flow: Element): number {
  // A margin or a chart may end between two pixels; cut off, it would scroll.
  let most = flow.getBoundingClientRect().bottom + window.scrollY;
  const boxes = document.body.getElementsByTagName('*');
  for (let at = 0; at < boxes.length && at < MAX_BOXES; at += 1) {
    const box = boxes[at] as Element;
    const { top, bottom, width, height } = box.getBoundingClientRect();
    // Nearly all boxes are within the flow, and need no look at their style.
    if (width === 0 || height === 0 || Math.max(bottom + window.scrollY, height) <= most) continue;
    const place = placeOf(box);
    if (place === 'clipped' || !isVisible(box)) continue;
    most = Math.max(most, place === 'page' ? bottom + window.scrollY : extentInFrame(box, top, bottom, height));
  }
  const bar = window.innerHeight - document.documentElement.clientHeight;
  return Math.ceil(most + bar);
}

/** Whether a box scrolls with the document, is laid out in the frame (`fixed`), or is cut off by a box around it. */
function placeOf(box: Element): 'page' | 'frame' | 'clipped' {
  let { position } = getComputedStyle(box);
  for (let around = box.parentElement; around && around !== document.body && position !== 'fixed'; around = around.parentElement) {
    const style = getComputedStyle(around);
    if (position === 'absolute' && style.position === 'static') continue;
    if (style.overflowY !== 'visible') return 'clipped';
    position = style.position;
  }
  return position === 'fixed' ? 'frame' : 'page';
}

function isVisible(box: Element): boolean {
  return box.checkVisibility?.({ opacityProperty: true, visibilityProperty: true }) ?? true;
}

/** What a box needs that is laid out in the frame: nothing if it is only as high as the frame. */
function extentInFrame(box: Element, top: number, bottom: number, height: number): number {
  const frame = window.innerHeight;
  const hidden = hiddenIn(box, frame);
  if (hidden > 0) return frame + hidden;
  if (Math.abs(height - frame) > 1) natural.add(box);
  if (!natural.has(box)) return 0;
  const below = frame - bottom;
  // Hung to the frame's bottom or its center, it needs no room above.
  return top < 0 || Math.abs(below) <= 1 || Math.abs(top - below) <= 2 ? height : bottom;
}

/** What a box that scrolls hides because the frame is low. A box that hid as much in a higher frame has a limit of its own. */
function hiddenIn(box: Element, frame: number): number {
  const hidden = box.scrollHeight - box.clientHeight;
  if (hidden <= 1 || getComputedStyle(box).overflowY === 'visible') return 0;
  const before = scrollers.get(box);
  if (!before) scrollers.set(box, { hidden, frame, rigid: false });
  else if (frame > before.frame && hidden >= before.hidden) before.rigid = true;
  return before?.rigid ? 0 : hidden;
}
