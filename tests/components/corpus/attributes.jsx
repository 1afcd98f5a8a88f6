import data from 'react' with { type: 'json' };
export { default as other } from 'react' with { 'type': "json", };
export * from 'react' with {};
export default data;
