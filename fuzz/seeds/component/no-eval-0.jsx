const e = eval; e('1');
export default function Widget({ data }) { return <p>{data.title}</p>; }
