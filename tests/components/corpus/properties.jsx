const p = {}, x = 1;
export default () => (
  <a href="/?a=1&amp;b=2" title='it is "quoted"' data-id={x} disabled {...p} {...{ x }} aria-hidden="true" xlink:href="#y"
    onClick={() => { x; }} style={{ color: 'red' }} render={<b />} direct=<i>x</i> frag=<></> multi="two
lines" key={`k${x}`} entity="&lt;&#65;&#x41;&unknown;" backslash="\" if="1" />
);
