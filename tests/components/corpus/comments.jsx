// a line
/* a block */ const a = /* inside */ 1; /* two
lines */ const b = a // after
/** @type {number} */
const c = a /* x */ / /* y */ b;/**/
const d = <p /* in a tag */ title="/* text */" // a line in a tag
>{/* alone */}{/* before */ c}// text</p>;
export default d; //
/* 😀 */
