const t = setTimeout; t('a()', 1);
export default function Widget({ data }) { return <p>{data.title}</p>; }
