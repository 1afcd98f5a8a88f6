// Shows the OpenAPI document with Swagger UI.

const dark = matchMedia('(prefers-color-scheme: dark)');
const follow = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', follow);
follow();

/** The value that a link's expression takes in an answer (OpenAPI 3.1, runtime expressions: those that the document uses). */
function evaluate(expression, request, body) {
  const [, pointer] = expression.match(/^\$response\.body#(.*)/) ?? [];
  if (pointer) return pointer.split('/').slice(1).reduce((value, name) => value?.[name], body);
  const [, name] = expression.match(/^\$request\.path\.(.*)/) ?? [];
  return name && request[name];
}

/** The path's parameters as they stand in an address. */
function pathParameters(template, address) {
  const values = new URL(address, location).pathname.split('/').map(decodeURIComponent);
  return Object.fromEntries(template.split('/').map((part, at) => [part.replace(/[{}]/g, ''), values[at]]));
}

/** Fills what an answer holds into the operations that its links lead to. Only what was created replaces other values. */
function fillFrom(system, path, method, answer) {
  const { specSelectors, specActions } = system;
  const paths = specSelectors.specJson().get('paths');
  const links = paths.getIn([path, method, 'responses', String(answer.status), 'links']);
  if (!links) return;
  const request = pathParameters(path, answer.url);
  for (const link of links.valueSeq()) {
    for (const [target, item] of paths) {
      const verb = item.findKey((operation) => operation.get?.('operationId') === link.get('operationId'));
      for (const parameter of item.getIn([verb, 'parameters']) ?? []) {
        const expression = link.getIn(['parameters', parameter.get('name')]);
        const value = expression && evaluate(expression, request, answer.obj);
        const given = specSelectors.parameterWithMetaByIdentity([target, verb], parameter).get('value');
        if (value != null && (method === 'post' || !given)) specActions.changeParamByIdentity([target, verb], parameter, value, false);
      }
    }
  }
}

const followLinks = {
  statePlugins: {
    spec: {
      wrapActions: {
        setResponse: (original, system) => (path, method, answer) => {
          if (answer.ok) fillFrom(system, path, method, answer);
          return original(path, method, answer);
        },
      },
    },
  },
};

const accessible = {
  wrapComponents: {
    // The page has a heading of its own.
    InfoContainer: () => () => null,
    // There is one server, and its list has no label.
    ServersContainer: () => () => null,
    // A link within the button that opens an operation: a screen reader finds only one of them.
    DeepLink: (_, { React }) => ({ text }) => React.createElement('span', null, text),
  },
};

/** Swagger UI leaves some controls without a name, and what scrolls out of reach of the keyboard. */
function name() {
  for (const field of document.querySelectorAll('textarea:not([aria-label])')) field.setAttribute('aria-label', 'Request body');
  for (const list of document.querySelectorAll('select:not([aria-label], [id])')) {
    list.setAttribute('aria-label', list.closest('[data-param-name]')?.dataset.paramName ?? 'Media type');
  }
  for (const text of document.querySelectorAll('pre.microlight:not([tabindex])')) text.tabIndex = 0;
}

const reference = document.getElementById('reference');
new MutationObserver(name).observe(reference, { childList: true, subtree: true });

SwaggerUIBundle({
  url: '/openapi.json',
  domNode: reference,
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  plugins: [followLinks, accessible],
});
