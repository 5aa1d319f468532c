/**
 * How far a call had come when it failed: nothing of it was sent, it was sent and nothing came back, or what came was
 * no answer.
 */
export type Stage = 'unsent' | 'unanswered' | 'unusable';

/** `late`: its time ran out, of the call or of the whole operation. `large`: more bytes came than are taken. */
export type Limit = 'late' | 'large';

/** Why there is no answer of a subgraph; its text is for engineers. */
export class CallFailed extends Error {
  readonly stage: Stage;
  /** The limit of this gateway that it passed, where that is why. */
  readonly limit: Limit | undefined;

  constructor(stage: Stage, why: string, limit?: Limit) {
    super(why);
    this.name = 'CallFailed';
    this.stage = stage;
    this.limit = limit;
  }
}
