const most = 1000; // are remembered of the pages that lead to one.

// Steps remembers from which page of a list a person came to another. The browser keeps it with each page in its
// history, so that it outlives a page that is loaded again.
export class Steps {
  constructor() {
    this.before = new Map(); // from the address of a page to the one before
    const way = history.state?.way ?? [];
    way.slice(1).forEach((address, i) => this.before.set(address, way[i]));
  }

  // leads says that a page leads to another. How a person came there first is what counts.
  leads(from, to) {
    if (!this.before.has(to)) this.before.set(to, from);
  }

  // back is the page before, undefined where nobody knows one.
  back(address) {
    return this.before.get(address);
  }

  // keep has the browser remember how the person came to the page that it shows.
  keep(address) {
    const way = [address];
    while (way.length < most && !way.includes(this.back(way[0])) && this.back(way[0])) way.unshift(this.back(way[0]));
    history.replaceState({ ...history.state, way }, "");
  }
}
