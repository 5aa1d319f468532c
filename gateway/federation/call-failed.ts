/**
 * How far a call had come when it failed: nothing of it was sent, it was sent and nothing came back, or what came was
 * no answer.
 */
export type Stage = 'unsent' | 'unanswered' | 'unusable';

/** Why there is no answer of a subgraph; its text is for engineers. */
export class CallFailed extends Error {
  readonly stage: Stage;
  /** True where its time ran out, of the call or of the whole operation. */
  readonly isLate: boolean;

  constructor(stage: Stage, why: string, isLate = false) {
    super(why);
    this.name = 'CallFailed';
    this.stage = stage;
    this.isLate = isLate;
  }
}
