const type = 1;
export default function Widget({ data }) { return <p>{data.title}</p>; }
