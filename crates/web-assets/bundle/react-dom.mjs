/** What widgets and libraries get of `react-dom`. The rest would make elements that the frame refuses, or is for servers. */
export const REACT_DOM_NAMES = [
  'createPortal',
  'flushSync',
  'requestFormReset',
  'unstable_batchedUpdates',
  'useFormState',
  'useFormStatus',
  'version',
];
