/** A set that forgets what was not seen for longest (least recently used). */
export interface RecentSet {
  /** Whether it is new here; either way it is now the latest. */
  add(value: string): boolean
}

export function recentSet(limit: number): RecentSet {
  const values = new Set<string>()
  return {
    add: (value) => {
      const isKnown = values.delete(value)
      values.add(value)
      if (values.size > limit) values.delete(values.keys().next().value as string)
      return !isKnown
    },
  }
}
