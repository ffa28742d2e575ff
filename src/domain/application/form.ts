import * as z from 'zod'
import { Day } from '../kernel.ts'

/**
 * The closed set of form sections and fields (`domain.md` 2.6). A pack chooses the sections of an item; it cannot add fields, only questions.
 * Every field is optional in a draft: what a filing lacks is said by `formFaults`, not by the shape. Money is in fen (1/100 yuan).
 */
const line = z.string().trim().max(200)
const long = z.string().trim().max(2000)
const country = z.string().regex(/^[A-Z]{3}$/, 'ISO 3166-1 alpha-3')
const fen = z.int().min(0).max(100_000_000_00)

export const Identity = z
  .strictObject({
    /** Primary identifier as printed in the passport. A person with one name has only this. */
    surname: line,
    givenNames: line,
    oneName: z.boolean(),
    chineseName: line,
    formerChineseNational: z.boolean(),
    sex: z.enum(['F', 'M', 'X']),
    bornOn: Day,
    birthPlace: line,
    nationality: country,
    maritalStatus: z.enum(['single', 'married', 'divorced', 'widowed']),
    passportKind: z.enum(['ordinary', 'service', 'diplomatic', 'travelDocument']),
    passportNumber: line,
    passportIssuedBy: country,
    passportIssuedOn: Day,
    passportExpiresOn: Day,
    email: z.email().max(200),
    phone: line,
    whereabouts: z.enum(['inside', 'outside']),
    /** Name line of the passport's machine-readable zone, where it differs from the rule of ICAO 9303 part 3. */
    mrzName: line,
  })
  .partial()
export const School = z
  .strictObject({
    school: line,
    country,
    degree: z.enum(['none', 'associate', 'bachelor', 'master', 'doctor']),
    major: line,
    from: Day,
    until: Day,
    fullTime: z.boolean(),
    taughtInChinese: z.boolean(),
    certificateNumber: line,
  })
  .partial()
export const Work = z
  .strictObject({ employer: line, country, post: line, from: Day, until: Day, related: z.boolean(), contact: line })
  .partial()
export const Qualifications = z
  .strictObject({
    hsk: z.int().min(0).max(6),
    vocational: z.enum(['none', 'seniorWorker', 'technician', 'seniorTechnician', 'highestInternational']),
    extra: z.array(z.enum(['highLevelUniversity', 'fortune500', 'patents', 'fiveYearsInChina'])).max(4),
    certificates: z.array(z.strictObject({ name: line, issuer: line, level: line, on: Day }).partial()).max(20),
  })
  .partial()
export const Job = z
  .strictObject({
    department: line,
    title: line,
    titleEn: line,
    occupation: z.string().regex(/^\d(-\d{2}){0,2}(-\d{2})?$/, 'code of the National Occupational Classification, such as 2-02-10-03'),
    industry: line,
    place: line,
    areaCode: z.string().regex(/^\d{6}$/),
    contractKind: z.enum(['contract', 'appointment', 'dispatch', 'project']),
    startsOn: Day,
    endsOn: Day,
    payPerMonth: fen,
    /** Only where the contract states a year figure; else the year is the months times the monthly figure (DD-25). */
    payPerYear: fen,
    contractPayPerMonth: fen,
    paidInMainland: z.int().min(0).max(100),
    monthsPerYear: z.int().min(0).max(12),
    duties: long,
    region: z.enum(['ordinary', 'western', 'northEast', 'special']),
  })
  .partial()
export const ClassClaim = z
  .strictObject({
    /** Codes of the pack's criteria which the filer chooses to prove. */
    criteria: z.array(z.string().max(40)).max(20),
    points: z.boolean(),
    quotaCategory: line,
    judgedClaims: z.array(z.string().max(40)).max(40),
  })
  .partial()
export const Visa = z
  .strictObject({
    postCountry: country,
    postCity: line,
    kind: z.enum(['Z', 'R']),
    stayKind: z.enum(['workResidence', 'familyResidence', 'zVisa', 'rVisa', 'stay']),
    stayExpiresOn: Day,
    enteredOn: Day,
  })
  .partial()
export const Relative = z
  .strictObject({
    relation: z.enum(['spouse', 'child', 'parent', 'parentInLaw']),
    surname: line,
    givenNames: line,
    sex: z.enum(['F', 'M', 'X']),
    bornOn: Day,
    nationality: country,
    passportNumber: line,
  })
  .partial()
export const Declarations = z
  .strictObject({
    noCriminalRecord: z.boolean(),
    truthful: z.boolean(),
    personInChargeHasRead: z.boolean(),
    commitments: z.array(z.string().max(40)).max(40),
    consents: z.record(z.string().max(40), z.int()),
  })
  .partial()
export const Unit = z
  .strictObject({
    name: line,
    nameEn: line,
    creditCode: z.string().trim().max(18),
    unitType: z.enum(['enterprise', 'institution', 'socialBody', 'foreignRepresentative', 'government']),
    ownership: z.enum(['central', 'province', 'city', 'district', 'private', 'foreign']),
    industry: line,
    legalRepresentative: line,
    registeredAddress: line,
    officeAddress: line,
    areaCode: z.string().regex(/^\d{6}$/),
    headcount: z.int().min(0).max(10_000_000),
    foreignHeadcount: z.int().min(0).max(1_000_000),
    registeredCapital: fen,
    investmentCountry: country,
    licenceExpiresOn: Day,
    phone: line,
    email: z.email().max(200),
    personInCharge: line,
    personInChargeId: line,
    handlerName: line,
    handlerId: line,
    handlerPhone: line,
    sealKind: z.enum(['legalName', 'foreignAffairs', 'humanResources', 'labourContract']),
  })
  .partial()

export const FilingForm = z
  .strictObject({
    identity: Identity,
    education: z.array(School).max(20),
    experience: z.array(Work).max(60),
    qualifications: Qualifications,
    job: Job,
    class: ClassClaim,
    visa: Visa,
    family: z.array(Relative).max(20),
    noFamily: z.boolean(),
    declarations: Declarations,
    employer: Unit,
    answers: z.record(z.string().max(40), z.string().max(400)),
  })
  .partial()
export type FilingForm = z.infer<typeof FilingForm>
