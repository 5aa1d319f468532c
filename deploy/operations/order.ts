/** What an operator asks for. */
export type Order =
  | { what: 'lag' }
  | { what: 'parked' }
  | { what: 'check-files' }
  | { what: 'keys' }
  | { what: 'renew'; service: string }
  | { what: 'reseal'; service: string }
  | { what: 'retire'; service: string; key: string }
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
  check files                                  reads every stored file through now and compares it with what was stored
  keys                                         what is sealed by which key of the ring
  reseal <service>                             seals everything of a service anew that is not under its current key; it
                                               may be stopped and begun anew at any time
  retire <service> <key>                       lets a key go by which nothing of a service is sealed any more

Asks the running services over NATS: NATS_URL, NATS_USER, NATS_PASSWORD and NATS_PREFIX, or the local network.`;

/** `undefined` where the words are no order. */
export const readOrder = (words: readonly string[]): Order | undefined => {
  const [what, service, consumer, source, seq, ...rest] = words;
  if (what === 'check' && service === 'files')
    return consumer === undefined ? { what: 'check-files' } : undefined;
  if (what === 'lag' || what === 'parked' || what === 'keys')
    return service === undefined ? { what } : undefined;
  if ((what === 'renew' || what === 'reseal') && service !== undefined && consumer === undefined)
    return { what, service };
  if (service === undefined || consumer === undefined || rest.length > 0) return undefined;
  if (what === 'accept') {
    const number = Number(seq);
    if (source === undefined || seq === undefined || !Number.isSafeInteger(number) || number < 0)
      return undefined;
    return { what, service, consumer, source, seq: number };
  }
  if (source !== undefined) return undefined;
  if (what === 'retire') return { what, service, key: consumer };
  if (what === 'unpark' || what === 'rebuild' || what === 'compare') return { what, service, consumer };
  return undefined;
};
