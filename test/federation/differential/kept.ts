import type { Question } from './executors.ts';
import type { Wish } from './operations.ts';

/** What an operation is written from, its variables, and how the subgraphs behave. */
type Kept = [Wish[], Record<string, unknown>, Pick<Question, 'world' | 'faults'>];

/** Questions on which the executors once differed, by supergraph: they are asked first, for ever. */
export const kept: Readonly<Record<string, Kept[]>> = {
  media: [
    [
      [
        { pick: 2996, form: 106, wishes: [{ pick: 0, form: 6, wishes: [{ pick: 0, form: 0, wishes: [] }] }] },
        {
          pick: 0,
          form: 272,
          wishes: [
            {
              pick: 3763,
              form: 306,
              wishes: [{ pick: 0, form: 6, wishes: [{ pick: 0, form: 0, wishes: [] }] }],
            },
          ],
        },
        {
          pick: 1570,
          form: 985,
          wishes: [
            {
              pick: 0,
              form: 372,
              wishes: [{ pick: 0, form: 302, wishes: [{ pick: 0, form: 0, wishes: [] }] }],
            },
            { pick: 0, form: 182, wishes: [] },
          ],
        },
        { pick: 187, form: 175, wishes: [{ pick: 0, form: 74, wishes: [{ pick: 0, form: 6, wishes: [] }] }] },
      ],
      { no: false, maybe: false, ids: [] },
      { world: { seed: '114720', failing: 0 }, faults: { lies: 40, dead: 0, broken: 0 } },
    ],
  ],
  market: [
    [
      [
        {
          pick: 0,
          form: 306,
          wishes: [{ pick: 8481, form: 12, wishes: [{ pick: 4027, form: 6, wishes: [] }] }],
        },
        {
          pick: 1107,
          form: 6,
          wishes: [
            { pick: 5587, form: 6, wishes: [] },
            { pick: 0, form: 0, wishes: [{ pick: 0, form: 0, wishes: [{ pick: 0, form: 0, wishes: [] }] }] },
          ],
        },
        { pick: 0, form: 74, wishes: [{ pick: 0, form: 99, wishes: [] }] },
      ],
      { maybe: false, ids: [] },
      { world: { seed: '555128', failing: 0 }, faults: { lies: 40, dead: 0, broken: 0 } },
    ],
    [
      [
        {
          pick: 5097,
          form: 6,
          wishes: [{ pick: 0, form: 72, wishes: [{ pick: 975, form: 6, wishes: [] }] }],
        },
        {
          pick: 0,
          form: 72,
          wishes: [
            {
              pick: 1024,
              form: 109,
              wishes: [
                { pick: 2029, form: 6, wishes: [] },
                { pick: 138, form: 457, wishes: [] },
                { pick: 0, form: 0, wishes: [] },
              ],
            },
            { pick: 0, form: 0, wishes: [] },
          ],
        },
        {
          pick: 0,
          form: 0,
          wishes: [
            { pick: 0, form: 0, wishes: [{ pick: 0, form: 0, wishes: [{ pick: 0, form: 0, wishes: [] }] }] },
          ],
        },
      ],
      { yes: false, maybe: false, ids: [] },
      { world: { seed: '15', failing: 0 }, faults: { lies: 40, dead: 0, broken: 0 } },
    ],
  ],
  ledger: [
    [
      [
        {
          pick: 5219,
          form: 326,
          wishes: [
            {
              pick: 3806,
              form: 459,
              wishes: [
                {
                  pick: 9307,
                  form: 308,
                  wishes: [
                    { pick: 3654, form: 589, wishes: [{ pick: 6609, form: 6, wishes: [] }] },
                    { pick: 753, form: 6, wishes: [] },
                    { pick: 0, form: 0, wishes: [] },
                  ],
                },
              ],
            },
          ],
        },
        { pick: 0, form: 72, wishes: [{ pick: 0, form: 0, wishes: [] }] },
        { pick: 0, form: 0, wishes: [{ pick: 0, form: 0, wishes: [] }] },
      ],
      { maybe: false, ids: [] },
      { world: { seed: '450293', failing: 0 }, faults: { lies: 40, dead: 0, broken: 0 } },
    ],
  ],
};
