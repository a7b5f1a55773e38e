import { describe, expect, it } from 'vitest'
import { readInvitation } from './invitation'

describe('readInvitation', () => {
  it.each([
    ['https://sync.example.org/#ABCDE-FGHJK', 'https://sync.example.org', 'ABCDE-FGHJK'],
    ['  http://127.0.0.1:8787 ABCDEFGHJK\n', 'http://127.0.0.1:8787', 'ABCDEFGHJK'],
    [' uscita:eyJzZXJ2ZXIiOiJo ', '', 'uscita:eyJzZXJ2ZXIiOiJo'],
    ['https://example.org/uscita/#usc1.abc', 'https://example.org/uscita', 'usc1.abc'],
  ])('reads %s', (text, server, code) => {
    expect(readInvitation(text)).toEqual({ server, code })
  })

  it.each([
    '',
    'ABCDEFGHJK',
    'https://sync.example.org',
    'ftp://example.org#ABC',
    'https://a.org #A B',
    'uscita:',
    'uscita:a b',
  ])('refuses %s', (text) => {
    expect(readInvitation(text)).toBeNull()
  })
})
