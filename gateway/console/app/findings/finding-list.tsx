import { Alert, Flex } from 'antd';
import { type Texts, useLanguage, useTexts } from '../language/language.tsx';
import { toldOnce } from './told-once.ts';

const texts = {
  basis: ['依据', 'Basis'],
  remedy: ['如何补正', 'What to do'],
} satisfies Texts;

/** What the law says of something, as every document of this console asks for it. */
export type Finding = {
  ruleId: string | null;
  outcome: string;
  message: string;
  messageEn: string;
  remedy?: string | null;
  basis: readonly { document: string; article: string }[];
};

const weight = (outcome: string): 'error' | 'warning' | 'info' =>
  outcome === 'REJECT' ? 'error' : outcome === 'RECORD' ? 'info' : 'warning';

/** Findings of the law, each with its rule and its article. */
export const FindingList = ({ findings }: { findings: readonly Finding[] }) => {
  const t = useTexts(texts);
  const { language } = useLanguage();
  return (
    <Flex vertical gap="small">
      {toldOnce(findings).map(({ ruleId, outcome, message, messageEn, remedy, basis }) => (
        <Alert
          key={`${ruleId} ${outcome} ${message}`}
          type={weight(outcome)}
          showIcon
          title={language === 'zh' ? message : messageEn}
          description={
            <>
              {remedy && (
                <div>
                  {t.remedy}：{remedy}
                </div>
              )}
              {ruleId && (
                <div>
                  {t.basis}：{ruleId} ·{' '}
                  {basis.map(({ document, article }) => `${document} ${article}`).join('；')}
                </div>
              )}
            </>
          }
        />
      ))}
    </Flex>
  );
};
