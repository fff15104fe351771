/** GitHub's hourly allowance of an App. It is reported and not enforced: injected faults make the refusals. */
export const hourlyAllowance = 5000
