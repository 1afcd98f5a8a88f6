export { memo } from 'react';
export default function Widget({ data }) { return <p>{data.title}</p>; }
