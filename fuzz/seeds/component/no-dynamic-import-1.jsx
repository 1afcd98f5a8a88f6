const f = (x) => import(x);
export default function Widget({ data }) { return <p>{data.title}</p>; }
