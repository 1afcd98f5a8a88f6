// `/embed/v1.js`: defines <peer-widget>.

import { PeerWidget } from './element';
import { warnOfSameSite } from './site';
import { prepareSpare } from './spare';

// A page may include the script twice.
if (!customElements.get('peer-widget')) {
  warnOfSameSite();
  customElements.define('peer-widget', PeerWidget);
  prepareSpare();
}
