await null;
export default function Widget({ data }) { return <p>{data.title}</p>; }
