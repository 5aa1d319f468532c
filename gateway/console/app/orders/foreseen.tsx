import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { Alert } from 'antd';
import { type Finding, FindingList } from '../findings/finding-list.tsx';
import { Answer } from '../graph/answer.tsx';
import { type Texts, useTexts } from '../language/language.tsx';

const texts = {
  fillIn: [
    '填写后在此显示能否办理、依据和补正办法。',
    'Whether it can be done, and by which article, appears here as you fill in.',
  ],
  nothingAgainst: ['未发现障碍，可以提交。', 'Nothing stands against it.'],
} satisfies Texts;

type Props<Data, Variables extends OperationVariables> = {
  document: TypedDocumentNode<Data, Variables>;
  /** The order as far as it is filled in; undefined while there is too little to judge. */
  variables: NoInfer<Variables> | undefined;
  /** Null where the graph did not answer. */
  findingsOf(data: Data): readonly Finding[] | null | undefined;
};

/** What the law would say of an order that is being filled in. */
export const Foreseen = <Data, Variables extends OperationVariables>({
  document,
  variables,
  findingsOf,
}: Props<Data, Variables>) => {
  const t = useTexts(texts);
  if (!variables) return <Alert type="info" title={t.fillIn} />;
  return (
    <Answer document={document} variables={variables} select={(data) => findingsOf(data) && data}>
      {(data) => {
        const findings = findingsOf(data) ?? [];
        return findings.length > 0 ? (
          <FindingList findings={findings} />
        ) : (
          <Alert type="success" showIcon title={t.nothingAgainst} />
        );
      }}
    </Answer>
  );
};
