import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

/**
 * A choice that stays in the address, so that it survives a reload and can be shared; anything but the
 * options reads as the first of them, which needs no mention.
 */
export function useChoice<const Option extends string>(
  name: string,
  options: readonly Option[],
): readonly [Option | undefined, (option: Option) => void] {
  const [search, setSearch] = useSearchParams()
  const asked = search.get(name)
  const usual = options[0]
  const choose = useCallback(
    (option: Option) => {
      setSearch(
        (known) => {
          const next = new URLSearchParams(known)
          if (option === usual) next.delete(name)
          else next.set(name, option)
          return next
        },
        { replace: true },
      )
    },
    [setSearch, name, usual],
  )
  return [options.find((option) => option === asked) ?? usual, choose]
}
