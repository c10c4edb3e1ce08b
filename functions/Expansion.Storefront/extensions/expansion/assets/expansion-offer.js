/**
 * <expansion-offer>: one suggestion on a page of the shop, or nothing.
 *
 *   near the viewport ─► ask (800 ms at most) ─► render ─► seen for a second ─► impression
 *                                                 ├─► add ─► click, into the cart with the offer's id
 *                                                 └─► dismiss ─► dismissal, gone
 *
 * Whatever goes wrong, the page is as it would be without it. All words come from the page's Liquid, all else as text: nothing an answer holds is taken for HTML.
 */
(() => {
  const TIMEOUT = 800;
  const NEAR = '200px';
  // Half of it for a second: what the Media Rating Council calls viewable.
  const SEEN_SHARE = 0.5;
  const SEEN_FOR = 1000;

  const style = new CSSStyleSheet();
  style.replaceSync(`
    section { display: grid; grid-template-columns: auto 1fr; align-items: center; box-sizing: border-box; position: relative;
      min-block-size: var(--expansion-offer-size, 9.5rem); padding: .5rem 1rem; border: 1px solid var(--expansion-offer-line, #8a8a8a); border-radius: var(--expansion-offer-radius, .5rem); }
    img { inline-size: 5rem; block-size: 5rem; object-fit: contain; margin-inline-end: 1rem; }
    .what { grid-column: 2; min-inline-size: 0; }
    .what > * { margin: 0; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
    h3 { padding-inline-end: 2rem; font-size: .9em; font-weight: 400; }
    .title { display: block; color: inherit; font-weight: 600; }
    .act { display: flex; gap: .75rem; align-items: center; padding: .35rem .25rem .25rem; }
    .act p { margin: 0; font-size: .9em; overflow: hidden; text-overflow: ellipsis; }
    button { font: inherit; cursor: pointer; min-block-size: 2.5rem; border: 0; border-radius: .35rem; }
    .add { flex: none; padding-inline: 1rem; background: var(--expansion-offer-button, #1a1a1a); color: var(--expansion-offer-button-text, #fff); }
    .add[aria-disabled] { opacity: .6; cursor: default; }
    .no { position: absolute; inset-block-start: .25rem; inset-inline-end: .25rem; inline-size: 2.5rem; background: none; color: inherit; font-size: 1.25rem; }
    :focus-visible { outline: 2px solid; outline-offset: 2px; }
    .quiet { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }`);

  /** Who the visit is, to the shop's own shop only, and forgotten with the tab. */
  function visit() {
    try {
      return sessionStorage.expansion_visit ||= crypto.randomUUID();
    } catch {
      return (window.expansionVisit ||= crypto.randomUUID());
    }
  }

  function element(name, text, attributes = {}) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  class ExpansionOffer extends HTMLElement {
    #offer;
    #status;
    #watch = new AbortController();

    connectedCallback() {
      if (this.shadowRoot) return;
      this.attachShadow({ mode: 'open' }).adoptedStyleSheets = [style];
      this.#status = element('p', '', { role: 'status', class: 'quiet' });
      this.shadowRoot.append(this.#status);
      this.#observe({ rootMargin: NEAR }, (entry) => entry.isIntersecting && this.#load());
    }

    disconnectedCallback() {
      this.#watch.abort();
    }

    /** Calls back until that says it has had enough, or the element is gone. */
    #observe(options, callback) {
      const observer = new IntersectionObserver((entries) => {
        if (callback(entries.at(-1))) observer.disconnect();
      }, options);
      this.#watch.signal.addEventListener('abort', () => observer.disconnect());
      observer.observe(this);
    }

    #words(name, values = {}) {
      return (this.getAttribute(name) || '').replace(/\[(\w+)\]/g, (whole, key) => values[key] ?? whole);
    }

    #url(path, values) {
      const url = new URL(`${this.getAttribute('proxy')}/${path}`, location.origin);
      for (const [key, value] of [['visit', visit()], ['touchpoint', this.getAttribute('touchpoint')], ...values]) {
        if (value) url.searchParams.append(key, value);
      }
      return url;
    }

    #load() {
      this.#ask().then((offer) => (offer ? this.#show(offer) : this.#vanish()), () => this.#vanish());
      return true;
    }

    async #ask() {
      const cart = JSON.parse(this.getAttribute('cart') || '[]');
      const url = this.#url('offer', [['product', this.getAttribute('product')], ['cart_total', this.getAttribute('cart-total')], ['currency', this.getAttribute('currency')], ...cart.map((sku) => ['cart', sku])]);
      const response = await fetch(url, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(TIMEOUT) });
      if (response.status !== 200) return null;
      const { id, variant, title, price, was, currency, url: link, image } = await response.json();
      // A price in another currency than the page's is not the one that would be charged.
      const sound = id && /^\d+$/.test(variant) && title && price > 0 && currency === this.getAttribute('currency');
      return sound ? { id, variant, title, price, was: was > price ? was : null, currency, link: /^\/(?!\/)/.test(link) ? link : null, image: /^https:\/\//.test(image) ? image : null } : null;
    }

    #show(offer) {
      this.#offer = offer;
      const money = new Intl.NumberFormat(document.documentElement.lang || undefined, { style: 'currency', currency: offer.currency });
      const section = element('section', '', { 'aria-labelledby': 'heading', part: 'offer' });
      const what = element('div', '', { class: 'what' });
      const title = element(offer.link ? 'a' : 'span', offer.title, { class: 'title', ...(offer.link && { href: offer.link }) });
      title.addEventListener('click', () => this.#tell('click'));
      const price = element('p', '', { part: 'price' });
      if (offer.was) price.append(element('span', this.#words('words-was') + ' ', { class: 'quiet' }), element('s', money.format(offer.was)), ' ', element('span', this.#words('words-now') + ' ', { class: 'quiet' }));
      price.append(element('strong', money.format(offer.price)));
      if (offer.was) price.append(' ', element('em', this.#words('words-save', { amount: money.format(offer.was - offer.price) })));
      const add = element('button', this.#words('words-add'), { type: 'button', class: 'add', part: 'add', 'aria-label': `${this.#words('words-add')}: ${offer.title}` });
      add.addEventListener('click', () => this.#add(add));
      const no = element('button', '×', { type: 'button', class: 'no', part: 'dismiss', 'aria-label': this.#words('words-dismiss') });
      no.addEventListener('click', () => this.#dismiss());
      this.#status.className = '';
      const act = element('div', '', { class: 'act' });
      act.append(add, this.#status);
      what.append(element('h3', this.#words('words-heading'), { id: 'heading' }), title, price, act);
      if (offer.image) section.append(element('img', '', { src: offer.image, alt: '', width: 80, height: 80 }));
      section.append(what, no);
      this.shadowRoot.append(section);
      this.#see();
    }

    #see() {
      let timer;
      const look = (visible) => {
        clearTimeout(timer);
        if (visible && !document.hidden) timer = setTimeout(() => this.#tell('impression'), SEEN_FOR);
      };
      let share = 0;
      this.#observe({ threshold: SEEN_SHARE }, (entry) => {
        share = entry.intersectionRatio;
        look(share >= SEEN_SHARE);
      });
      document.addEventListener('visibilitychange', () => look(share >= SEEN_SHARE), { signal: this.#watch.signal });
      this.#watch.signal.addEventListener('abort', () => clearTimeout(timer));
    }

    /** Once each. All of it is in the address, which the proxy signs. */
    #tell(event) {
      if (this.#offer[event]) return;
      this.#offer[event] = true;
      fetch(this.#url('events', [['offer', this.#offer.id], ['event', event]]), { method: 'POST', keepalive: true }).catch(() => {});
    }

    async #add(button) {
      if (button.hasAttribute('aria-disabled')) return;
      button.setAttribute('aria-disabled', 'true');
      this.#tell('click');
      const sections = (this.getAttribute('sections') || '').split(',').filter(Boolean);
      try {
        const response = await fetch(`${window.Shopify?.routes?.root ?? '/'}cart/add.js`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          // Ids have up to 18 digits, more than a number here can hold.
          body: JSON.stringify({ items: [{ id: this.#offer.variant, quantity: 1, properties: { _expansion_offer: this.#offer.id } }], ...(sections.length && { sections }) }),
        });
        const answer = await response.json();
        if (!response.ok) throw new Error(answer.description);
        this.#status.textContent = this.#words('words-added');
        for (const [id, html] of Object.entries(answer.sections ?? {})) {
          const old = document.getElementById(`shopify-section-${id}`);
          if (old && html) old.innerHTML = new DOMParser().parseFromString(html, 'text/html').getElementById(old.id)?.innerHTML ?? html;
        }
        this.dispatchEvent(new CustomEvent('expansion:added', { bubbles: true, composed: true, detail: { offer: this.#offer.id, items: answer.items } }));
      } catch (error) {
        button.removeAttribute('aria-disabled');
        this.#status.textContent = error.name === 'Error' && error.message ? error.message : this.#words('words-failed');
      }
    }

    #dismiss() {
      this.#tell('dismissed');
      this.#status.className = 'quiet';
      this.shadowRoot.replaceChildren(this.#status);
      this.#status.textContent = this.#words('words-dismissed');
      this.tabIndex = -1;
      // Where the reader was: without it, they would start again at the top of the page.
      this.focus();
      this.toggleAttribute('empty', true);
      this.#watch.abort();
    }

    /** Gives the space back where nobody sees the page move: at once when it is below the screen, else when it has been scrolled away. */
    #vanish() {
      this.#observe({}, (entry) => {
        if (!entry.isIntersecting) this.toggleAttribute('empty', true);
        return !entry.isIntersecting;
      });
    }
  }

  if (!customElements.get('expansion-offer')) customElements.define('expansion-offer', ExpansionOffer);
})();
