import classes from './login.module.css'

const VERBS = ['decide', 'expose', 'observe', 'analyse', 'learn']
const CENTRE = { x: 170, y: 140 }
const RADIUS = 116
const RAYS = [0, 45, 90, 135, 180, 225, 270, 315]
const PILL = { width: 92, height: 36 }

/** The closed loop; a spark runs through it while motion is welcome. */
export function LoopFigure() {
  return (
    <svg
      className={classes.loop}
      viewBox="0 0 340 280"
      role="img"
      aria-label="The loop: decide, expose, observe, analyse, learn, and decide again"
    >
      <g className={classes.sun}>
        <circle cx={CENTRE.x} cy={CENTRE.y} r={19} />
        {RAYS.map((angle) => (
          <path key={angle} d="M0 -40v12" transform={`translate(${CENTRE.x} ${CENTRE.y}) rotate(${angle})`} />
        ))}
      </g>
      <circle className={classes.orbit} cx={CENTRE.x} cy={CENTRE.y} r={RADIUS} />
      <g className={classes.travel}>
        <circle className={classes.halo} cx={CENTRE.x} cy={CENTRE.y - RADIUS} r={13} />
        <circle className={classes.spark} cx={CENTRE.x} cy={CENTRE.y - RADIUS} r={6} />
      </g>
      {VERBS.map((verb, index) => (
        <path
          key={`after ${verb}`}
          className={classes.arrow}
          d="M-4 -5L3 0L-4 5"
          transform={`rotate(${(index + 0.5) * (360 / VERBS.length)} ${CENTRE.x} ${CENTRE.y}) translate(${CENTRE.x} ${CENTRE.y - RADIUS})`}
        />
      ))}
      {VERBS.map((verb, index) => {
        const angle = (2 * Math.PI * index) / VERBS.length - Math.PI / 2
        const x = CENTRE.x + RADIUS * Math.cos(angle)
        const y = CENTRE.y + RADIUS * Math.sin(angle)
        return (
          <g key={verb}>
            <rect
              className={classes.pill}
              x={x - PILL.width / 2}
              y={y - PILL.height / 2}
              width={PILL.width}
              height={PILL.height}
              rx={PILL.height / 2}
            />
            <text x={x} y={y + 5}>
              {verb}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
