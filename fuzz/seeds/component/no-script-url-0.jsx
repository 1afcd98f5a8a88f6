const A = (p) => <a href={"javascript:" + p.x}>x</a>;
export default function Widget({ data }) { return <p>{data.title}</p>; }
