// `/embed/v1.js`: defines <peer-widget>.

import { PeerWidget } from './element';
import { prepareSpare } from './spare';

// A page may include the script twice.
if (!customElements.get('peer-widget')) {
  customElements.define('peer-widget', PeerWidget);
  prepareSpare();
}
