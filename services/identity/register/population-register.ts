import { z } from 'zod';
import { unavailable } from '#libs/platform/errors/errors.ts';

/** Somebody to compare: `ref` is ours and comes back. */
export type ToCompare = { ref: string; idNumber: string; name: string; birthDate: string };

/** PASS: the register knows the person so. FAIL: it knows the number otherwise. ABSENT: it does not know it. */
export type Comparison = 'PASS' | 'FAIL' | 'ABSENT';

/** The national population register (国家人口基础信息库): the one question that we ask it. */
export type PopulationRegister = {
  /** Compares up to 200 persons; throws SERVICE_UNAVAILABLE when it does not answer in time. */
  compare(persons: readonly ToCompare[]): Promise<Map<string, Comparison>>;
};

const Reply = z.object({
  items: z.array(z.object({ ref: z.string(), result: z.enum(['PASS', 'FAIL', 'ABSENT']) })),
});

const patience = 10_000;

/**
 * The register over its HTTP protocol: `POST <url>/v1/comparisons` with `{items: [{ref, idNumber, name,
 * birthDate}]}` answers 200 with `{items: [{ref, result}]}` or 503 while it is out of service.
 */
export const httpPopulationRegister = (url: string): PopulationRegister => ({
  compare: async (persons) => {
    const response = await fetch(new URL('/v1/comparisons', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ items: persons }),
      signal: AbortSignal.timeout(patience),
    }).catch(() => undefined);
    if (response === undefined || !response.ok) throw unavailable('population register');
    const { items } = Reply.parse(await response.json());
    return new Map(items.map((item) => [item.ref, item.result]));
  },
});
