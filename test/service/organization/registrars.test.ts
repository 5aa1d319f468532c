import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { nominee, registrarOperations, schoolNamed } from './registrar-operations.ts';
import { refusal, type Situation, startSituation } from './situation.ts';

let network: Situation;
beforeAll(async () => {
  network = await startSituation();
});
afterAll(() => network?.stop());

const { ask, done, passed, seen, inPost, look } = registrarOperations(() => network);
const staffOf = async (who: string, school: string) => {
  const { data, errors } = await network.as<{
    school: { staffFindings: { ruleId: string; code: string }[] | null };
  }>(who, 'query ($id: ID!) { school(id: $id) { staffFindings { ruleId code } } }', { id: school });
  expect(errors).toEqual([]);
  return data?.school.staffFindings ?? null;
};

describe('from nomination to an open account', () => {
  test(holds('ACC-02', 'who is trained and filed gets an account, step by step'), async () => {
    const person = nominee();
    const nominated = await passed('head', 'nominateRegistrar', person);
    expect(nominated).toMatchObject({ state: 'NOMINATED', version: 1, roles: ['REGISTRAR'] });
    expect(nominated.findings?.map(({ code }) => code)).toEqual(['TRAINING_MISSING', 'NOT_FILED']);
    const trained = await passed('xiaodian', 'recordTraining', {
      ...seen(nominated),
      trainedOn: '2026-02-20',
      certificateNo: 'SG-0001',
    });
    expect(trained).toMatchObject({ state: 'TRAINED', trainings: ['2026-02-20'] });
    const filed = await passed('xiaodian', 'fileRegistrar', seen(trained));
    expect(filed).toMatchObject({
      state: 'FILED',
      findings: [],
      allowedActions: ['TRAIN', 'ACTIVATE', 'REPLACE'],
    });
    const active = await passed('xiaodian', 'activateAccount', seen(filed));
    expect(active).toMatchObject({
      state: 'ACTIVE',
      version: 4,
      lastUsedOn: '2026-03-02',
      subject: person.subject,
    });
  });

  test(
    holds('ACC-04', 'a certificate is kept with the training, and nobody is refused for want of one'),
    async () => {
      const nominated = await passed('xiaodian', 'nominateRegistrar', nominee());
      const training = { trainedOn: '2026-02-20' };
      const without = await passed('xiaodian', 'recordTraining', { ...seen(nominated), ...training });
      expect(without).toMatchObject({ state: 'TRAINED', certificateNo: null });
      const withOne = await passed('xiaodian', 'recordTraining', {
        ...seen(without),
        ...training,
        certificateNo: ' SG-0002 ',
      });
      expect(withOne.certificateNo).toBe('SG-0002');
    },
  );

  test(breaks('ACC-04', 'a blank is no certificate'), async () => {
    const nominated = await passed('xiaodian', 'nominateRegistrar', nominee());
    const blank = { ...seen(nominated), trainedOn: '2026-02-20', certificateNo: '  ' };
    expect(refusal(await ask('xiaodian', 'recordTraining', blank))).toBe('BAD_USER_INPUT');
  });

  test(breaks('ACC-02', 'nobody is filed or opened without training'), async () => {
    const nominated = await passed('xiaodian', 'nominateRegistrar', nominee());
    expect(await done('xiaodian', 'fileRegistrar', seen(nominated))).toMatchObject({
      registrar: null,
      findings: [{ ruleId: 'ACC-02', outcome: 'REJECT', code: 'TRAINING_MISSING' }],
    });
    expect(await done('xiaodian', 'activateAccount', seen(nominated))).toMatchObject({
      registrar: null,
      findings: [{ code: 'TRAINING_MISSING' }, { code: 'NOT_FILED' }],
    });
  });

  test(
    holds(
      'ACC-05',
      'the next higher authority receives the filing: city for county, province for its school',
    ),
    async () => {
      const atCounty = await inPost({ school: null, unit: '140105' }, 'taiyuan');
      expect(atCounty.state).toBe('ACTIVE');
      const provincial = await inPost({ school: schoolNamed('山西省知行实验高级中学') }, 'shanxi');
      expect(provincial.state).toBe('ACTIVE');
    },
  );

  test(breaks('ACC-05', 'without filing the account stays shut, and nobody else receives it'), async () => {
    const nominated = await passed('xiaodian', 'nominateRegistrar', nominee());
    const trained = await passed('taiyuan', 'recordTraining', {
      ...seen(nominated),
      trainedOn: '2026-03-01',
    });
    expect(await done('xiaodian', 'activateAccount', seen(trained))).toMatchObject({
      registrar: null,
      findings: [{ ruleId: 'ACC-05', outcome: 'REJECT', code: 'NOT_FILED' }],
    });
    for (const who of ['taiyuan', 'shanxi', 'yingze', 'beiguan', 'ministry']) {
      expect(refusal(await ask(who, 'fileRegistrar', seen(trained)))).toBe('OUT_OF_JURISDICTION');
    }
    expect(refusal(await ask('head', 'fileRegistrar', seen(trained)))).toBe('OUT_OF_JURISDICTION');
  });

  test(holds('ACC-07', 'a private school names whom it trusts, and elsewhere nobody asks'), async () => {
    const changes = { isEstablishmentStaff: false };
    await passed(
      'xiaodian',
      'nominateRegistrar',
      nominee({ school: schoolNamed('太原市青藤双语学校'), ...changes }),
    );
    await passed(
      'beiguan',
      'nominateRegistrar',
      nominee({ school: DEMO_SCHOOLS.beiguanPrimary, ...changes }),
    );
    await passed('xiaodian', 'nominateRegistrar', nominee({ roles: ['DECISION_MAKER'], ...changes }));
  });

  test(
    breaks('ACC-07', 'in Shanxi’s authorities and public schools a registrar is on the establishment'),
    async () => {
      for (const [who, place] of [
        ['head', {}],
        ['xiaodian', { school: null, unit: '140105' }],
      ] as const) {
        expect(
          await done(who, 'nominateRegistrar', nominee({ ...place, isEstablishmentStaff: false })),
        ).toMatchObject({
          registrar: null,
          findings: [{ ruleId: 'ACC-07', outcome: 'REJECT', code: 'NOT_ESTABLISHMENT_STAFF' }],
        });
      }
    },
  );

  test('a login holds one post at a time, wherever the other one is', async () => {
    const { subject } = nominee();
    await passed('beiguan', 'nominateRegistrar', nominee({ school: DEMO_SCHOOLS.beiguanPrimary, subject }));
    const again = await ask('xiaodian', 'nominateRegistrar', nominee({ subject }));
    expect(refusal(again)).toBe('BAD_USER_INPUT');
    expect(again.errors[0]?.extensions.problems).toMatchObject([{ code: 'SUBJECT_IN_POST' }]);
  });

  test.each([
    ['a registrar', 'registrar', {}],
    ['a head of another school', 'head', { school: DEMO_SCHOOLS.otherTaiyuanPrimary }],
    ['a county for its neighbour’s school', 'yingze', {}],
    ['a city for a county’s school', 'taiyuan', {}],
    ['a county for its city', 'xiaodian', { school: null, unit: '140100' }],
    ['a guardian', 'guardian', {}],
    ['the call centre', 'call-centre', {}],
  ])('nobody is nominated by %s', async (_, who, changes) => {
    expect(refusal(await ask(who, 'nominateRegistrar', nominee(changes)))).toBe('OUT_OF_JURISDICTION');
  });

  test('a unit has no principal, a nomination names one place, and a change tells the version it has seen', async () => {
    const principal = await ask(
      'xiaodian',
      'nominateRegistrar',
      nominee({ school: null, unit: '140105', roles: ['PRINCIPAL'] }),
    );
    expect(principal.errors[0]?.extensions.problems).toMatchObject([{ code: 'ROLE_NOT_OF_UNIT' }]);
    expect(refusal(await ask('xiaodian', 'nominateRegistrar', nominee({ unit: '140105' })))).toBe(
      'BAD_USER_INPUT',
    );
    const nominated = await passed('xiaodian', 'nominateRegistrar', nominee());
    const stale = { registrar: nominated.id, expectedVersion: 9, trainedOn: '2026-03-01' };
    expect(refusal(await ask('xiaodian', 'recordTraining', stale))).toBe('VERSION_CONFLICT');
    const ahead = { ...seen(nominated), trainedOn: '2026-03-03' };
    expect(refusal(await ask('xiaodian', 'recordTraining', ahead))).toBe('BAD_USER_INPUT');
  });
});

describe('who answers at a school', () => {
  const school = () => schoolNamed('小店区晨光小学');

  test(breaks('ORG-07', 'nobody on file is named, and so is what else is missing'), async () => {
    const findings = await staffOf('xiaodian', school());
    expect(findings?.map(({ ruleId, code }) => `${ruleId} ${code}`)).toEqual([
      'ACC-01 UNIT_WITHOUT_REGISTRAR',
      'ORG-07 SCHOOL_WITHOUT_RESPONSIBLE_PERSON',
      'ORG-07 SCHOOL_WITHOUT_RESPONSIBLE_PERSON',
      'ACC-18 ROLE_MISSING',
      'ACC-18 ROLE_MISSING',
    ]);
  });

  test(breaks('ACC-01', 'a unit without a registrar in post is on record'), async () => {
    const { data } = await network.as<{ orgUnit: { staffFindings: { code: string }[] | null } }>(
      'taiyuan',
      '{ orgUnit(code: "140106") { staffFindings { code } } }',
    );
    expect(data?.orgUnit.staffFindings?.map(({ code }) => code)).toContain('UNIT_WITHOUT_REGISTRAR');
  });

  test(holds('ORG-07', 'a principal and a registrar on file are enough'), async () => {
    await inPost({ school: school() });
    await inPost({ school: school(), roles: ['PRINCIPAL', 'DECISION_MAKER'] });
    expect(await staffOf('xiaodian', school())).toEqual([]);
  });

  test(holds('ACC-01', 'a registrar in post clears the record'), async () => {
    await inPost({ school: schoolNamed('小店区松涛小学') });
    const findings = await staffOf('xiaodian', schoolNamed('小店区松涛小学'));
    expect(findings?.map(({ code }) => code)).not.toContain('UNIT_WITHOUT_REGISTRAR');
  });

  test(
    breaks('ORG-07', 'a second principal is held until the authority lets it through with a reason'),
    async () => {
      const at = schoolNamed('小店区启明中学');
      await inPost({ school: at, roles: ['PRINCIPAL'] });
      const second = nominee({ school: at, roles: ['PRINCIPAL'] });
      expect(await done('xiaodian', 'nominateRegistrar', second)).toMatchObject({
        registrar: null,
        findings: [{ ruleId: 'ORG-07', outcome: 'HOLD', code: 'SCHOOL_WITHOUT_RESPONSIBLE_PERSON' }],
      });
      const { registrar, findings } = await done('xiaodian', 'nominateRegistrar', {
        ...second,
        override: { reason: '新校长到任，工作交接中' },
      });
      expect(registrar?.state).toBe('NOMINATED');
      expect(findings).toHaveLength(1);
    },
  );

  test('is shown to nobody beside the school and those above it', async () => {
    expect(await staffOf('yingze', DEMO_SCHOOLS.taiyuanPrimary)).toBeNull();
    expect(await staffOf('guardian', DEMO_SCHOOLS.taiyuanPrimary)).toBeNull();
    expect(await staffOf('other-registrar', DEMO_SCHOOLS.taiyuanPrimary)).toBeNull();
    expect(await staffOf('registrar', DEMO_SCHOOLS.taiyuanPrimary)).not.toBeNull();
  });
});

describe('a post passes on', () => {
  const successor = (changes: Record<string, unknown> = {}) => {
    const { school: _, ...person } = nominee(changes);
    return person;
  };

  test(
    holds(
      'ACC-08',
      'one change a school year passes without a word; the account ends, the successor begins anew',
    ),
    async () => {
      const at = schoolNamed('迎泽区松涛小学');
      const former = await inPost({ school: at }, 'yingze');
      const next = successor();
      const { registrar, findings } = await done('yingze', 'replaceRegistrar', {
        ...seen(former),
        successor: next,
      });
      expect(findings).toEqual([]);
      expect(registrar).toMatchObject({ state: 'REPLACED', allowedActions: [] });
      const begun = await look('yingze', registrar?.successor ?? '');
      expect(begun).toMatchObject({ state: 'NOMINATED', subject: next.subject, version: 1 });
    },
  );

  test(breaks('ACC-08', 'a second change in a school year is warned of and takes place'), async () => {
    const at = schoolNamed('迎泽区青禾初级中学');
    const first = await inPost({ school: at }, 'yingze');
    const { registrar } = await done('yingze', 'replaceRegistrar', {
      ...seen(first),
      successor: successor(),
    });
    const second = await look('yingze', registrar?.successor ?? '');
    expect(
      await done('yingze', 'replaceRegistrar', { ...seen(second), successor: successor() }),
    ).toMatchObject({
      registrar: { state: 'REPLACED' },
      findings: [{ ruleId: 'ACC-08', outcome: 'WARN', code: 'REGISTRAR_CHANGED_OFTEN' }],
    });
  });

  test(breaks('ACC-06', 'in Beiguan a compulsory school reports it by official letter'), async () => {
    const former = await inPost({ school: DEMO_SCHOOLS.beiguanPrimary }, 'beiguan');
    expect(
      await done('beiguan', 'replaceRegistrar', { ...seen(former), successor: successor() }),
    ).toMatchObject({
      registrar: null,
      findings: expect.arrayContaining([
        expect.objectContaining({ ruleId: 'ACC-06', outcome: 'REJECT', code: 'OFFICIAL_LETTER_MISSING' }),
      ]),
    });
    expect(await look('beiguan', former.id)).toMatchObject({ state: 'ACTIVE' });
  });

  test(holds('ACC-06', 'with the letter it passes; senior schools and other places need none'), async () => {
    const former = await inPost({ school: DEMO_SCHOOLS.beiguanPrimary }, 'beiguan');
    const officialLetter = { number: '知行小学〔2026〕3号', issuedOn: '2026-03-01' };
    await passed('beiguan', 'replaceRegistrar', { ...seen(former), successor: successor(), officialLetter });
    const senior = await inPost({ school: schoolNamed('北关区明理高级中学') }, 'beiguan');
    await passed('beiguan', 'replaceRegistrar', { ...seen(senior), successor: successor() });
  });
});

describe('what is kept', () => {
  test(holds('ACC-15', 'who did what to a registrar, step by step'), async () => {
    const registrar = await inPost();
    const { worker } = network.service('organization').core;
    const changes = await asWorker(worker, (tx) =>
      query(
        tx,
        'select version, action, caller from change_record where aggregate_id = $1 order by version',
        [`registrar:${registrar.id}`],
      ),
    );
    expect(changes).toEqual(
      ['NOMINATE', 'TRAIN', 'FILE', 'ACTIVATE'].map((action, nth) => ({
        version: nth + 1,
        action,
        caller: 'demo-xiaodian',
      })),
    );
  });

  test(
    breaks('PRV-14', 'no name and no telephone is in any event, and the telephone stands sealed'),
    async () => {
      await inPost({ name: '濮阳守密', phone: '15409876543' });
      await network.settled();
      const { worker } = network.service('organization').core;
      const found = await asWorker(worker, (tx) =>
        query<{ events: string; rows: string }>(
          tx,
          `select (select count(*) from event_log where event::text like any($1)) as events,
                (select count(*) from registrar r where r::text like '%15409876543%') as rows`,
          [['%濮阳守密%', '%15409876543%']],
        ),
      );
      expect(found.map(({ events, rows }) => [Number(events), Number(rows)])).toEqual([[0, 0]]);
    },
  );
});
