const a = <p />, b = <p></p>, c = <p>text</p>, d = <><p /><b>x</b></>, e = <Ns.Member.Deep />, f = <this.tag />;
const g = <data-x aria-label="x" />, h = (<div>
  <ul>
    <li>1</li>{' '}
    <li>{2}{<b>3</b>}</li>
  </ul>
</div>);
const Ns = { Member: { Deep: () => <></> } };
function k() { return <this.tag.name>x</this.tag.name>; }
export default () => [a, b, c, d, e, f, g, h, k, <$x />, <_ />, <é />].at(0);
