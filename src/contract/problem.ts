import * as z from 'zod'
import type { Text } from '../domain/kernel.ts'
import type { RefusalCode } from '../domain/refusals.ts'
import { refusalTexts } from './refusal-texts.ts'

/** What the door itself may answer, beside the refusals of the domain. */
export const EdgeCode = z.enum([
  'invalidInput',
  'notSignedIn',
  'secondFactorNeeded',
  'crossSite',
  'tokenMissing',
  'mediaTypeNotAccepted',
  'bodyTooLarge',
  'headersTooLarge',
  'requestTooSlow',
  'tooManyRequests',
  'closing',
  'unavailable',
  'internal',
  'signInWrong',
  'tooManyTries',
  'proofWrong',
  'challengeNotValid',
  'factorNotSet',
  'lastFactor',
  'passwordNotAllowed',
  'loginTaken',
  'tokenNotValid',
  'rolesExclude',
  'onlyInDemo',
])
export type EdgeCode = z.infer<typeof EdgeCode>
export type ProblemCode = RefusalCode | EdgeCode

/** One thing that is wrong, where, by which rule, and how to put it right. Never what was sent. */
export const ProblemFault = z.object({ path: z.string(), code: z.string(), message: z.string(), wayOut: z.string() })
export type ProblemFault = z.infer<typeof ProblemFault>
/** RFC 9457 problem details. Further members (`version`, `papers`, `stage` …) are the details of the refusal: codes, ids, days and numbers only. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  faults: z.array(ProblemFault).optional(),
  reference: z.string(),
  retryAfterSeconds: z.int().optional(),
})
export type Problem = z.infer<typeof Problem>

/** What went wrong, and the way out, in both languages. `{name}` is a detail of the refusal. */
export type ProblemText = { title: Text; wayOut: Text }
const t = (zh: string, en: string, zhWay: string, enWay: string): ProblemText => ({ title: { zh, en }, wayOut: { zh: zhWay, en: enWay } })

const edgeTexts = {
  invalidInput: t(
    '有内容需要修改',
    'Some entries need to be corrected',
    '请按下列各处修改后再发送',
    'Correct the points listed below and send again',
  ),
  notSignedIn: t(
    '尚未登录或登录已失效',
    'You are not signed in, or your session has ended',
    '请登录后继续，已填内容会保留',
    'Sign in and go on; what you typed is kept',
  ),
  secondFactorNeeded: t(
    '还需完成第二步验证',
    'The second step of the sign-in is missing',
    '请使用通行密钥或动态码完成登录',
    'Finish the sign-in with your passkey or one-time code',
  ),
  crossSite: t(
    '请求来自其他网站',
    'The request came from another site',
    '请从本系统页面重新操作',
    'Open our own page and do it from there',
  ),
  tokenMissing: t('页面已过期', 'This page has gone stale', '请刷新页面后重试', 'Reload the page and try again'),
  mediaTypeNotAccepted: t(
    '不接受这种内容格式',
    'This type of content is not accepted here',
    '请按接口说明的格式发送',
    'Send the type named in the interface description',
  ),
  bodyTooLarge: t(
    '内容超过大小上限',
    'The content is larger than the limit',
    '请分开发送，或降低文件大小',
    'Send it in parts, or make the file smaller',
  ),
  headersTooLarge: t(
    '请求头过大',
    'The request headers are too large',
    '请清除本站 Cookie 后重试',
    'Clear the cookies of this site and try again',
  ),
  requestTooSlow: t('请求未在时限内收完', 'The request did not arrive in time', '请检查网络后重试', 'Check your connection and try again'),
  tooManyRequests: t(
    '请求过于频繁',
    'Too many requests',
    '请在 {retryAfterSeconds} 秒后重试，内容没有丢失',
    'Try again in {retryAfterSeconds} seconds; nothing is lost',
  ),
  closing: t('服务正在重启', 'The service is restarting', '请稍后重试，内容没有丢失', 'Try again in a moment; nothing is lost'),
  unavailable: t(
    '服务暂时不可用',
    'The service is not available right now',
    '请稍后重试，内容没有丢失',
    'Try again in a moment; nothing is lost',
  ),
  internal: t(
    '我们这边出了问题',
    'Something failed on our side',
    '您的内容没有丢失。请提供编号 {reference}',
    'Nothing of yours is lost. Tell us the reference {reference}',
  ),
  signInWrong: t(
    '登录信息不匹配',
    'These sign-in details do not belong together',
    '请核对后重试，或找管理员重设密码',
    'Check them and try again, or have your password reset',
  ),
  tooManyTries: t(
    '尝试次数较多，需要等待',
    'There were several tries, so there is a wait',
    '请在 {retryAfterSeconds} 秒后重试',
    'Try again in {retryAfterSeconds} seconds',
  ),
  proofWrong: t('验证未通过', 'The proof was not accepted', '请使用新的动态码或通行密钥重试', 'Try again with a new code or your passkey'),
  challengeNotValid: t('验证请求已过期', 'This request for a passkey has expired', '请重新开始验证', 'Start the check again'),
  factorNotSet: t(
    '此账号不能使用这种验证方式',
    'This way of proof is not open for the account',
    '请使用所列的其他方式',
    'Use one of the other ways listed',
  ),
  lastFactor: t('不能移除最后一个第二步验证', 'The last second factor cannot be removed', '请先添加另一个', 'Add another one first'),
  passwordNotAllowed: t('这个密码不能使用', 'This password cannot be used', '请按下列要求另选密码', 'Choose another by the points listed'),
  loginTaken: t('登录名已被使用', 'This login name is taken', '请另选登录名', 'Choose another login name'),
  tokenNotValid: t('代码无效、已使用或已过期', 'The code is unknown, used or expired', '请申请新的代码', 'Ask for a new code'),
  rolesExclude: t(
    '与该人员现有角色冲突：{role}',
    'This excludes a role the person holds: {role}',
    '请先结束该角色，或另选人员',
    'End that role first, or choose another person',
  ),
  onlyInDemo: t('仅演示系统可用', 'This is for the demonstration only', '请正常登录', 'Sign in in the ordinary way'),
} as const satisfies Record<EdgeCode, ProblemText>

/** The text of every code that can leave the service; a code without a text does not compile. */
export const problemTexts: Record<ProblemCode, ProblemText> = { ...refusalTexts, ...edgeTexts }
