/** What an operator asks for. */
export type Order =
  | { what: 'lag' }
  | { what: 'parked' }
  | { what: 'renew'; service: string }
  | { what: 'unpark'; service: string; consumer: string }
  | { what: 'rebuild' | 'compare'; service: string; consumer: string }
  | { what: 'accept'; service: string; consumer: string; source: string; seq: number };

export const usage = `npm run operations -- <command>

  lag                                          how far events have come, in every service
  parked                                       events that could not be applied and wait
  unpark <service> <consumer>                  applies them again, in order; what fails again stays
  compare <service> <consumer>                 rebuilds a projection beside the one in service and compares
  rebuild <service> <consumer>                 the same, and puts it in its place; readers see no gap
  accept <service> <consumer> <source> <seq>   for a reaction (it has no tables to rebuild) whose source's log was
                                               replaced: takes the new log up to <seq> as done
  renew <service>                              gives the service's own log a new identity, after its database was
                                               restored from a backup that lacks events which others have applied;
                                               its consumers stop until each is rebuilt or accepted

Asks the running services over NATS: NATS_URL, NATS_USER, NATS_PASSWORD and NATS_PREFIX, or the local network.`;

/** `undefined` where the words are no order. */
export const readOrder = (words: readonly string[]): Order | undefined => {
  const [what, service, consumer, source, seq, ...rest] = words;
  if (what === 'lag' || what === 'parked') return service === undefined ? { what } : undefined;
  if (what === 'renew' && service !== undefined && consumer === undefined) return { what, service };
  if (service === undefined || consumer === undefined || rest.length > 0) return undefined;
  if (what === 'accept') {
    const number = Number(seq);
    if (source === undefined || seq === undefined || !Number.isSafeInteger(number) || number < 0)
      return undefined;
    return { what, service, consumer, source, seq: number };
  }
  if (source !== undefined) return undefined;
  if (what === 'unpark' || what === 'rebuild' || what === 'compare') return { what, service, consumer };
  return undefined;
};
