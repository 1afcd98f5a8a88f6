const o = { as: 1, readonly: 2 };
export default function Widget({ data }) { return <p>{data.title}</p>; }
