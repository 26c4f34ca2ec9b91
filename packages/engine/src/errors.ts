/**
 * Every error that Helios raises has a stable code, a template and an HTTP status, kept in this one
 * table; `docs/reference/errors.md` explains each, and a test compares the two both ways.
 */
export const ERRORS = {
  HEL_REQUEST_INVALID: { status: 400, template: 'The request does not have the expected form: {problem}.' },
  HEL_BATCH_TOO_LARGE: {
    status: 413,
    template: 'The batch holds {count} events; send at most {limit} at once.',
  },
  HEL_BATCH_INVALID: { status: 400, template: 'The batch must be an array of events.' },

  HEL_EVENT_INVALID: { status: 422, template: 'The event does not have the expected form: {problem}.' },
  HEL_EVENT_ID_INVALID: {
    status: 422,
    template: 'An event needs an id of 1 to 128 characters; UUIDv7 is best.',
  },
  HEL_EVENT_TOO_LARGE: { status: 422, template: 'The {field} is longer than {limit} characters.' },
  HEL_EVENT_TIME_INVALID: {
    status: 422,
    template: 'The time "{at}" is neither milliseconds since 1970 nor ISO 8601.',
  },
  HEL_EVENT_TOO_LATE: {
    status: 422,
    template: 'The event happened {days} days ago; events later than {limit} days are not taken.',
  },
  HEL_EVENT_IN_FUTURE: {
    status: 422,
    template: 'The event is dated {seconds} s in the future; check the clock of the sender.',
  },
  HEL_UNIT_INVALID: { status: 422, template: 'A unit is named by a text of 1 to 256 characters.' },
  HEL_VALUE_NOT_FINITE: { status: 422, template: 'The value of metric {metric} must be a finite number.' },
  HEL_VALUE_OUT_OF_RANGE: {
    status: 422,
    template: 'The value {value} of metric {metric} lies outside [{minimum}, {maximum}].',
  },

  HEL_EXPERIMENT_NOT_FOUND: { status: 404, template: 'There is no experiment "{key}".' },
  HEL_EXPERIMENT_EXISTS: { status: 409, template: 'An experiment "{key}" exists already.' },
  HEL_EXPERIMENT_INVALID: { status: 400, template: 'The experiment is not valid: {problem}.' },
  HEL_EXPERIMENT_NOT_STARTED: {
    status: 409,
    template: 'Experiment "{key}" was not started when the exposure happened.',
  },
  HEL_EXPERIMENT_ENDED: { status: 409, template: 'Experiment "{key}" had ended when the exposure happened.' },
  HEL_TRANSITION_NOT_ALLOWED: {
    status: 409,
    template: 'Experiment "{key}" is {status}; it cannot {action} from there.',
  },
  HEL_EDIT_NOT_ALLOWED: {
    status: 409,
    template: 'The {field} of experiment "{key}" cannot change once it has started; make a new experiment.',
  },
  HEL_VERSION_CONFLICT: {
    status: 409,
    template: '"{key}" was changed by somebody else (now version {version}); read it again.',
  },
  HEL_VARIANT_NOT_FOUND: { status: 422, template: 'Experiment "{experiment}" has no variant "{variant}".' },
  HEL_LAYER_FULL: {
    status: 409,
    template: 'Layer "{layer}" has {free} of its traffic free; {share} is asked for.',
  },
  HEL_LAYER_UNIT_MISMATCH: {
    status: 409,
    template: 'Layer "{layer}" divides units of kind {expected}, not {unit}.',
  },
  HEL_HOLDOUT_MISMATCH: {
    status: 409,
    template:
      'Holdout "{holdout}" keeps out {expected} of the {unit} units; experiments that share it must agree.',
  },
  HEL_POLICY_NOT_FOUND: {
    status: 400,
    template: 'There is no policy "{policy}"; this release has: {known}.',
  },

  HEL_METRIC_NOT_FOUND: {
    status: 404,
    template: 'There is no metric "{metric}" here; define it, or add it to the experiment that is read.',
  },
  HEL_METRIC_EXISTS: { status: 409, template: 'A metric "{key}" exists already.' },
  HEL_METRIC_INVALID: { status: 400, template: 'The metric is not valid: {problem}.' },

  HEL_STORAGE_LOCKED: {
    status: 503,
    template: 'The store {path} is open in another process; talk to that one, or stop it first.',
  },
  HEL_STORAGE_FAILED: { status: 503, template: 'The store could not keep the data: {problem}.' },
  HEL_STORAGE_INCOMPATIBLE: {
    status: 500,
    template: 'The store {path} was written by a different release (format {found}, expected {expected}).',
  },
  HEL_CLOSED: { status: 503, template: 'This Helios is closed.' },

  HEL_UNAUTHENTICATED: { status: 401, template: 'Send a valid API key: "Authorization: Bearer hel_…".' },
  HEL_FORBIDDEN: { status: 403, template: 'This key lacks the scope "{scope}".' },
  HEL_KEY_NOT_FOUND: { status: 404, template: 'There is no API key "{id}".' },
  HEL_NOT_FOUND: { status: 404, template: 'Nothing is at {path}.' },
  HEL_INTERNAL: {
    status: 500,
    template: 'Something went wrong inside; the log has the details under {reference}.',
  },

  HEL_FILE_INVALID: { status: 400, template: 'The file cannot be analysed: {problem}.' },
  HEL_USAGE: { status: 400, template: '{problem}.' },
} as const satisfies Record<`HEL_${string}`, { status: number; template: string }>

export type ErrorCode = keyof typeof ERRORS
export type ErrorDetails = Readonly<Record<string, string | number>>

export class HeliosError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(describeError(code, details), options)
    this.name = 'HeliosError'
    this.code = code
    this.details = details
  }

  /** HTTP status that a server answers with. */
  get status(): number {
    return ERRORS[this.code].status
  }
}

/** A message is read by people and kept in logs, whatever a sender put into a name. */
const LONGEST_DETAIL = 1000

/** Fills the template of a code; a placeholder without a detail stays visible rather than vanishing. */
export function describeError(code: ErrorCode, details: ErrorDetails = {}): string {
  return ERRORS[code].template.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(details, name) ? shortened(String(details[name])) : placeholder,
  )
}

function shortened(text: string): string {
  return text.length > LONGEST_DETAIL ? `${text.slice(0, LONGEST_DETAIL)}…` : text
}
