import type { Text } from '../../domain/kernel.ts'

type RuleText = { message: Text; wayOut: Text }
const t = (zh: string, en: string, zhWay: string, enWay: string): RuleText => ({ message: { zh, en }, wayOut: { zh: zhWay, en: enWay } })

/** The rule that an entry broke, and the way out, by code; `{name}` is a value of the rule, never what was sent. */
const rules = {
  required: t('此项必填', 'This entry is needed', '请填写', 'Fill it in'),
  wrongType: t('类型不对，应为{expected}', 'Wrong kind of value; {expected} is needed', '请改为所需类型', 'Send the kind of value needed'),
  tooShort: t('太短，至少 {limit}', 'Too short; at least {limit}', '请补充', 'Add what is missing'),
  tooLong: t('太长，最多 {limit}', 'Too long; at most {limit}', '请缩短', 'Shorten it'),
  tooSmall: t('太小，至少为 {limit}', 'Too small; at least {limit}', '请改为允许范围内的数', 'Use a number within the range'),
  tooLarge: t('太大，最多为 {limit}', 'Too large; at most {limit}', '请改为允许范围内的数', 'Use a number within the range'),
  tooFew: t('数量不足，至少 {limit} 项', 'Too few; at least {limit}', '请补充', 'Add what is missing'),
  tooMany: t('数量过多，最多 {limit} 项', 'Too many; at most {limit}', '请减少', 'Take some away'),
  wrongFormat: t('格式不对（{expected}）', 'Wrong form ({expected})', '请按要求的格式填写', 'Use the form named'),
  notOffered: t('不在可选项之内', 'This is not one of the choices', '请从所列选项中选择：{expected}', 'Choose one of: {expected}'),
  unknownKey: t('不接受此字段', 'This field is not accepted', '请去掉此字段', 'Leave the field out'),
  notJson: t('不是有效的 JSON', 'This is not valid JSON', '请按 UTF-8 编码发送有效的 JSON', 'Send valid JSON in UTF-8'),
  bodyMissing: t('缺少内容', 'The content is missing', '请发送接口说明中的内容', 'Send the content named in the interface description'),
  tooDeep: t('嵌套过深', 'The content is nested too deep', '请简化结构', 'Use a flatter form'),
  nulCharacter: t('含有不允许的字符（NUL）', 'A character that is not allowed (NUL)', '请删除该字符', 'Remove that character'),
  loneSurrogate: t('含有不完整的字符', 'A broken character (lone surrogate)', '请重新输入该处文字', 'Type that text again'),
  reservedKey: t('不接受此字段名', 'This field name is not accepted', '请去掉此字段', 'Leave the field out'),
  passwordTooShort: t(
    '密码太短，至少 {limit} 个字符',
    'Too short; at least {limit} characters',
    '可用几个词连成一句',
    'Several words in a row do well',
  ),
  passwordTooLong: t('密码太长，最多 {limit} 个字符', 'Too long; at most {limit} characters', '请缩短', 'Shorten it'),
  passwordCommon: t(
    '这个密码很常见，容易被猜到',
    'This password is common and guessed first',
    '请另选不常见的密码',
    'Choose one that others do not use',
  ),
  passwordHasName: t(
    '密码中含有登录名或姓名',
    'The password holds your login or name',
    '请去掉登录名或姓名',
    'Leave the login and the name out',
  ),
  passwordSpaces: t('密码不能只有空格', 'A password cannot be blanks alone', '请另选密码', 'Choose another'),
  notAccepted: t('此项不符合要求', 'This entry does not meet its rule', '请核对并修改', 'Check and correct it'),
} as const satisfies Record<string, RuleText>
export type RuleCode = keyof typeof rules

/** The words for a broken rule; an unknown code gets the general ones. */
export const ruleText = (code: string): RuleText => (Object.hasOwn(rules, code) ? rules[code as RuleCode] : rules.notAccepted)
