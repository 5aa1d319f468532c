/** Why a call to a subgraph was broken off: whoever asked does not wait for the answer any more. */
export class CallerGone extends Error {
  constructor() {
    super('The caller has gone');
    this.name = 'CallerGone';
  }
}
