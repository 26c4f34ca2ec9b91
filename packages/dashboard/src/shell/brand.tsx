import { Link } from 'wouter'
import classes from './brand.module.css'

export function Brand() {
  return (
    <Link href="/" className={classes.brand} aria-label="Helios, all experiments">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <circle cx="16" cy="16" r="6.5" fill="currentColor" />
        <g stroke="currentColor" strokeWidth="2.6" strokeLinecap="round">
          <path d="M16 2.5v4M16 25.5v4M2.5 16h4M25.5 16h4M6.5 6.5l2.8 2.8M22.7 22.7l2.8 2.8M6.5 25.5l2.8-2.8M22.7 9.3l2.8-2.8" />
        </g>
      </svg>
      <span>Helios</span>
    </Link>
  )
}
