import { describe } from 'vitest'
import { createLocalLedger } from '../../../src/github/pacing/ledger.ts'
import { ledgerContract } from '../../support/ledger-contract.ts'

describe('the ledger of one process', () => {
  ledgerContract(() => createLocalLedger())
})
