import { Flex, Form, Select } from 'antd';
import { useState } from 'react';
import { Answer } from '../../graph/answer.tsx';
import { useTexts } from '../../language/language.tsx';
import { CaseOrder } from '../../orders/case-order.tsx';
import { useSettled } from '../../orders/use-settled.ts';
import { useWordOptions } from '../../orders/word-options.ts';
import { WordsField } from '../../orders/words-field.tsx';
import type { ApplicationPageQuery } from './generated/application.ts';
import { ArrangeSchoolDocument } from './generated/arrange.ts';
import { AskForTransferPapersDocument } from './generated/ask-for-papers.ts';
import { CountySchoolsDocument } from './generated/county-schools.ts';
import { DeclineTransferApplicationDocument } from './generated/decline.ts';
import { ProposeSchoolDocument } from './generated/propose.ts';
import { texts } from './texts.ts';

export type Application = NonNullable<ApplicationPageQuery['transferApplication']>;

const page = 'ApplicationPage';

/** Schools of the county that is to name one, by a part of the name. */
const SchoolField = ({ county, stage }: { county: string; stage: Application['stage'] }) => {
  const t = useTexts(texts);
  const [typed, setTyped] = useState('');
  const name = useSettled(typed.trim()) || null;
  return (
    <Answer
      document={CountySchoolsDocument}
      variables={{ unit: county, stage, name }}
      select={({ schools }) => schools}
    >
      {({ schools }) => (
        <Form.Item name="school" label={t.proposed} rules={[{ required: true }]}>
          <Select
            showSearch={{ filterOption: false, onSearch: setTyped }}
            options={(schools?.edges ?? []).map(({ node }) => ({ value: node.id, label: node.name }))}
          />
        </Form.Item>
      )}
    </Answer>
  );
};

/** What the asked school, or the county that is to name one, may do now, as the graph says; taking in has a form of its own. */
export const ApplicationOrders = ({ application }: { application: Application }) => {
  const t = useTexts(texts);
  const optionsOf = useWordOptions();
  const { id, version, county, stage, allowedActions } = application;
  const seen = { application: id, expectedVersion: version };
  return (
    <Flex gap="small" wrap>
      {allowedActions.includes('ASK_FOR_PAPERS') && (
        <CaseOrder
          document={AskForTransferPapersDocument}
          text={t.askForPapers}
          seen={seen}
          page={page}
          answerOf={({ askForTransferPapers: { application: object, findings } }) => ({ object, findings })}
        >
          <Form.Item name="papers" label={t.papers} rules={[{ required: true }]}>
            <Select mode="multiple" options={optionsOf('TransferPaperKind')} />
          </Form.Item>
        </CaseOrder>
      )}
      {allowedActions.includes('PROPOSE_SCHOOL') && county && (
        <CaseOrder
          document={ProposeSchoolDocument}
          text={t.propose}
          kind="primary"
          seen={seen}
          page={page}
          answerOf={({ proposeSchool: { application: object, findings } }) => ({ object, findings })}
        >
          <SchoolField county={county} stage={stage} />
        </CaseOrder>
      )}
      {allowedActions.includes('ARRANGE_SCHOOL') && (
        <CaseOrder
          document={ArrangeSchoolDocument}
          text={t.arrange}
          kind="primary"
          seen={seen}
          page={page}
          answerOf={({ arrangeSchool: { application: object, findings } }) => ({ object, findings })}
        >
          {application.proposedSchool?.name ?? t.sure}
        </CaseOrder>
      )}
      {allowedActions.includes('DECLINE') && (
        <CaseOrder
          document={DeclineTransferApplicationDocument}
          text={t.decline}
          kind="danger"
          seen={seen}
          page={page}
          answerOf={({ declineTransferApplication: { application: object, findings } }) => ({
            object,
            findings,
          })}
        >
          <Form.Item name="reasons" label={t.reasons} rules={[{ required: true }]}>
            <Select mode="multiple" optionFilterProp="label" options={optionsOf('TransferRejectionReason')} />
          </Form.Item>
          <WordsField name="note" label={t.note} />
        </CaseOrder>
      )}
    </Flex>
  );
};
