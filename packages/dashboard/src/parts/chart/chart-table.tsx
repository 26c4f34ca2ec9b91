import type { ChartTable as Table } from '@helios/charts'
import { Button, Table as MantineTable } from '@mantine/core'
import { useState } from 'react'
import classes from './chart.module.css'

interface Props {
  readonly table: Table
  readonly label: string
}

const ROWS_AT_FIRST = 50

/** The numbers of a chart for those who would rather read them; made only once it is opened. */
export function ChartTable({ table, label }: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className={classes.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.summary}>
        Show as table<span className="visually-hidden">: {label}</span>
      </summary>
      {isOpen ? <Rows table={table} label={label} /> : null}
    </details>
  )
}

function Rows({ table, label }: Props) {
  const [isWhole, setWhole] = useState(false)
  const { columns, rows } = table
  const shown = isWhole ? rows : rows.slice(0, ROWS_AT_FIRST)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard's focus */}
      <section className={classes.scroll} aria-label={`${label} as a table`} tabIndex={0}>
        <MantineTable stickyHeader verticalSpacing={6} fz="sm" className={classes.table}>
          <MantineTable.Thead>
            <MantineTable.Tr>
              {columns.map((column, i) => (
                <MantineTable.Th key={`${i} ${column}`} scope="col">
                  <bdi>{column}</bdi>
                </MantineTable.Th>
              ))}
            </MantineTable.Tr>
          </MantineTable.Thead>
          <MantineTable.Tbody>
            {shown.map((row, i) => (
              <MantineTable.Tr key={`${i} ${row[0]}`}>
                {row.map((cell, column) => (
                  <Cell key={columns[column]} text={cell} isFirst={column === 0} />
                ))}
              </MantineTable.Tr>
            ))}
          </MantineTable.Tbody>
        </MantineTable>
      </section>
      {shown.length < rows.length ? (
        <Button variant="default" size="compact-sm" mt="xs" onClick={() => setWhole(true)}>
          Show all {rows.length.toLocaleString('en')} rows
        </Button>
      ) : null}
    </>
  )
}

function Cell({ text, isFirst }: { readonly text: string; readonly isFirst: boolean }) {
  return isFirst ? (
    <MantineTable.Th scope="row" fw={500}>
      <bdi>{text}</bdi>
    </MantineTable.Th>
  ) : (
    <MantineTable.Td>
      <bdi>{text}</bdi>
    </MantineTable.Td>
  )
}
