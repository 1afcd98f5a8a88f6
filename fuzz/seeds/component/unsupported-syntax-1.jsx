class A { accessor b; }
export default function Widget({ data }) { return <p>{data.title}</p>; }
