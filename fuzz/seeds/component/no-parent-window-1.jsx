const { defaultView: { top: t } } = document;
export default function Widget({ data }) { return <p>{data.title}</p>; }
