#!/usr/bin/env node
// CommonJS on purpose: an old Node must be able to read this file to the end, find the Node 24 that
// the install brought along, and hand over to it.
'use strict'

const { spawn } = require('node:child_process')
const { existsSync } = require('node:fs')
const path = require('node:path')

const MINIMUM_MAJOR = 24

function bundledNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${platform}-${process.arch}`
  const binary = process.platform === 'win32' ? 'node.exe' : 'node'
  try {
    const file = path.join(path.dirname(require.resolve(`${name}/package.json`)), 'bin', binary)
    return existsSync(file) ? file : undefined
  } catch {
    return undefined
  }
}

function handOver(node) {
  const child = spawn(node, [__filename, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (!signal) process.exit(code ?? 1)
    // End as the child did; with our own listener still there, the signal would only be passed on to nobody.
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}

if (Number(process.versions.node.split('.')[0]) >= MINIMUM_MAJOR) {
  void import('../src/cli/main.ts')
} else {
  const node = bundledNode()
  if (node) handOver(node)
  else {
    console.error(
      `Helios needs Node ${MINIMUM_MAJOR} or newer; this is ${process.version}, and no bundled Node was installed.\n` +
        'Install Node 24 from nodejs.org, or install again without --omit=optional.',
    )
    process.exit(2)
  }
}
