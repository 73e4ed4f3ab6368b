/** Names of environment variables only. Nothing of a service's configuration is here: Lambda allows 4 KB in all. */
export const environment = {
  pipeline: 'PIPELINE',
  ledgerTable: 'LEDGER_TABLE',
  /** The `recover` alias, for on-signal and sweep. */
  recoverFunction: 'RECOVER_FUNCTION',
  /** For `recover`: JSON, action kind → version ARN of its function. */
  actionFunctions: 'ACTION_FUNCTIONS',
  /** For sweep: how many parameters list the teams' own alarms. */
  ownAlarmLists: 'OWN_ALARM_LISTS',
  /** For whoever tells people: JSON, how many messages a topic gets within which time. */
  messageLimit: 'MESSAGE_LIMIT',
  /** For what composes messages: the address of the API through which people ask. */
  operatorApi: 'OPERATOR_API',
  /** For `stop` and `operate`: whoever asks must be of this account. */
  account: 'ACCOUNT',
} as const;
