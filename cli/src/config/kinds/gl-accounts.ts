import { enumeration } from '../enumeration.ts';
import { flag, item, oneOf, optional, type Static, text } from '../fields.ts';
import { kind, restWrites, when } from '../kind.ts';

const types = enumeration({ asset: 1, liability: 2, equity: 3, income: 4, expense: 5 });
const usages = enumeration({ detail: 1, header: 2 });

const schema = item({
  code: text('Code in the chart of accounts, in quotes', 45),
  name: text('Name of the account', 200),
  type: oneOf('Which side of the books it stands on', types.words),
  usage: oneOf('detail: can be posted to; header: groups others', usages.words),
  parent: optional(text('Code of the header above, in quotes', 45)),
  manualEntries: optional(flag('Whether people may post to it by hand; no unless said')),
  description: optional(text('What is posted here', 500)),
});
type GlAccount = Static<typeof schema>;

interface Answer {
  readonly id: number;
  readonly glCode: string;
  readonly name: string;
  readonly parentId?: number;
  readonly type: { readonly id: number };
  readonly usage: { readonly id: number };
  readonly manualEntriesAllowed: boolean;
  readonly description?: string;
}

export const glAccounts = kind<GlAccount>({
  name: 'glAccounts',
  noun: 'account of the chart',
  schema,
  keyOf: ({ code }) => code,
  references: ({ parent }) => [parent !== undefined && { kind: 'glAccounts', key: parent, path: ['parent'] }],
  async read(api) {
    const answers = await api.get<Answer[]>('/glaccounts');
    const codeById = new Map(answers.map(({ id, glCode }) => [id, glCode]));
    return answers.map((answer) => {
      const parent = codeById.get(answer.parentId ?? 0);
      return {
        id: answer.id,
        item: {
          code: answer.glCode,
          name: answer.name,
          type: types.word(answer.type.id)!,
          usage: usages.word(answer.usage.id)!,
          manualEntries: answer.manualEntriesAllowed,
          ...(parent === undefined ? {} : { parent }),
          ...(answer.description === undefined ? {} : { description: answer.description }),
        },
      };
    });
  },
  ...restWrites<GlAccount>('/glaccounts', (item, { ids }) => ({
    glCode: item.code,
    name: item.name,
    type: when(item.type, types.id),
    usage: when(item.usage, usages.id),
    parentId: when(item.parent, (code) => ids.of('glAccounts', code)),
    manualEntriesAllowed: item.manualEntries ?? when(item.code, () => false),
    description: item.description,
  })),
});
