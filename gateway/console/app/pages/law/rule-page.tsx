import { Breadcrumb, Empty } from 'antd';
import { Link, useParams } from 'react-router';
import { Answer } from '../../graph/answer.tsx';
import { useLanguage, useTexts } from '../../language/language.tsx';
import { PageHead } from '../../layout/page-head.tsx';
import { Panel } from '../../layout/panel.tsx';
import { Values } from '../../layout/values.tsx';
import { BasisList } from './basis-list.tsx';
import { chapterOf } from './finding-rules.ts';
import { RuleDocument, type RuleQuery } from './generated/rule.ts';
import { Outcomes } from './outcomes.tsx';
import { chapterTexts, texts } from './texts.ts';

const Rule = ({ rule }: { rule: NonNullable<RuleQuery['rule']> }) => {
  const t = useTexts(texts);
  const chapters: Readonly<Record<string, string>> = useTexts(chapterTexts);
  const { language } = useLanguage();
  const { title, titleEn, statement, outcome, codes, enforcedBy, basis } = rule;
  return (
    <div className="panels">
      <Panel title={language === 'zh' ? title : titleEn}>
        <p>{statement}</p>
        <Values
          items={[
            [t.chapter, chapters[chapterOf(rule)] ?? chapterOf(rule)],
            [t.outcome, <Outcomes key="outcome" outcome={outcome} />],
            [t.codes, codes.join(', ') || '–'],
            [t.enforcedBy, enforcedBy.join(', ') || '–'],
          ]}
        />
      </Panel>
      <Panel title={t.texts}>
        <BasisList basis={basis} />
      </Panel>
    </div>
  );
};

/** One rule, with every text that ever stated it. */
export default function RulePage() {
  const t = useTexts(texts);
  const { id = '' } = useParams();
  return (
    <>
      <PageHead
        title={id}
        above={<Breadcrumb items={[{ title: <Link to="/law">{t.title}</Link> }, { title: id }]} />}
      />
      <Answer
        document={RuleDocument}
        variables={{ id }}
        select={({ rule }) => rule}
        empty={<Empty description={t.noRule} />}
      >
        {({ rule }) => rule && <Rule rule={rule} />}
      </Answer>
    </>
  );
}
